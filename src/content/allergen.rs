//! What a guest may ask to be without.

/// One of the fourteen allergens of the EU's list (Regulation 1169/2011, Annex II), or coconut, which
/// is not on it and is told beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are named for what they are")]
pub enum Allergen {
    Gluten,
    Crustaceans,
    Eggs,
    Fish,
    Peanuts,
    Soya,
    Milk,
    TreeNuts,
    Celery,
    Mustard,
    Sesame,
    Sulphites,
    Lupin,
    Molluscs,
    Coconut,
}

impl Allergen {
    /// All, in the order of the list; coconut last.
    pub const ALL: [Self; 15] = [
        Self::Gluten,
        Self::Crustaceans,
        Self::Eggs,
        Self::Fish,
        Self::Peanuts,
        Self::Soya,
        Self::Milk,
        Self::TreeNuts,
        Self::Celery,
        Self::Mustard,
        Self::Sesame,
        Self::Sulphites,
        Self::Lupin,
        Self::Molluscs,
        Self::Coconut,
    ];

    /// The id in `content/menu.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Gluten => "gluten",
            Self::Crustaceans => "crustaceans",
            Self::Eggs => "eggs",
            Self::Fish => "fish",
            Self::Peanuts => "peanuts",
            Self::Soya => "soya",
            Self::Milk => "milk",
            Self::TreeNuts => "tree-nuts",
            Self::Celery => "celery",
            Self::Mustard => "mustard",
            Self::Sesame => "sesame",
            Self::Sulphites => "sulphites",
            Self::Lupin => "lupin",
            Self::Molluscs => "molluscs",
            Self::Coconut => "coconut",
        }
    }

    /// The one of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// Whether it is told beside the list instead of standing on it.
    pub fn is_information(self) -> bool {
        self == Self::Coconut
    }
}
