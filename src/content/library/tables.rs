//! The tables editors keep: venue, menu, figures, allies, press.

use serde::Deserialize;
use toml::Spanned;

use crate::i18n::Locale;
use crate::routes;

/// A text in both languages. A missing one is empty here, and a problem when checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Both {
    #[serde(default)]
    pub(crate) es: String,
    #[serde(default)]
    pub(crate) en: String,
}

impl Both {
    /// The text in a language.
    pub(crate) fn pick(&self, locale: Locale) -> &str {
        match locale {
            Locale::Es => &self.es,
            Locale::En => &self.en,
        }
    }
}

/// A list in both languages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BothLists {
    #[serde(default)]
    pub(crate) es: Vec<String>,
    #[serde(default)]
    pub(crate) en: Vec<String>,
}

impl BothLists {
    /// The list in a language.
    pub(crate) fn pick(&self, locale: Locale) -> &[String] {
        match locale {
            Locale::Es => &self.es,
            Locale::En => &self.en,
        }
    }
}

/// `venue.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Venue {
    pub(crate) name: String,
    pub(super) status: Spanned<String>,
    pub(super) verified_on: Spanned<String>,
    pub(crate) fact: String,
    #[expect(
        dead_code,
        reason = "the booking API's word rules; editors keep it for readers of the file"
    )]
    time_zone: String,
    pub(crate) notice: Both,
    pub(crate) contact: Contact,
    pub(crate) address: Address,
    pub(crate) operator: Operator,
    pub(crate) currency: Option<Currency>,
    /// Only read while the venue is open.
    #[serde(default)]
    pub(crate) hours: Vec<Hours>,
}

impl Venue {
    /// The date the latest known source speaks for.
    pub(crate) fn verified_on(&self) -> &str {
        self.verified_on.get_ref()
    }
}

/// How to ask.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    #[expect(
        dead_code,
        reason = "the text says it; the key tells editors what the text must say"
    )]
    known: bool,
    pub(crate) text: Both,
    pub(crate) site: Option<String>,
    pub(crate) site_name: Option<String>,
    pub(crate) site_note: Option<Both>,
    pub(crate) site_fact: Option<String>,
}

/// Where it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Address {
    pub(crate) place: Both,
    pub(crate) street: String,
    pub(crate) district: String,
    pub(crate) city: String,
    pub(crate) country: Both,
    pub(crate) country_code: String,
    pub(crate) note: Both,
    pub(crate) fact: String,
}

/// Who runs the site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operator {
    pub(crate) name: Both,
    pub(crate) text: Both,
    pub(crate) mail_carrier: Option<Both>,
    #[expect(
        dead_code,
        reason = "the text says it; the key tells editors what the text must say"
    )]
    is_foundation: bool,
}

/// A second currency, with the date of its rate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Currency {
    pub(crate) code: String,
    pub(crate) cop_per_unit: f64,
    pub(crate) as_of: String,
    pub(crate) source: String,
}

/// Opening hours, as search engines read them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hours {
    /// English names of days, such as `Tuesday`.
    pub(crate) days: Vec<String>,
    /// Such as `19:00`.
    pub(crate) opens: String,
    /// Such as `23:00`.
    pub(crate) closes: String,
}

/// `menu.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Menu {
    pub(crate) course: Vec<Spanned<Course>>,
    pub(crate) set: Vec<Spanned<Set>>,
    pub(crate) dish: Vec<Spanned<Dish>>,
    #[serde(default)]
    pub(crate) term: Vec<Spanned<Term>>,
    pub(crate) allergen: Vec<Spanned<Named>>,
    #[serde(default)]
    pub(crate) info: Vec<Spanned<Named>>,
    #[serde(default)]
    pub(crate) notice: Vec<Spanned<Notice>>,
}

/// A part of a dinner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Course {
    pub(crate) id: String,
    pub(crate) name: Both,
    /// The name of one of its dishes.
    pub(crate) one: Both,
}

/// A dinner at one price.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    pub(crate) id: String,
    pub(crate) name: Both,
    pub(crate) description: Both,
    pub(crate) courses: Vec<String>,
    pub(crate) price_cop: u32,
    pub(crate) fact: String,
    pub(crate) note: Both,
}

/// A dish.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dish {
    pub(crate) id: String,
    /// Its part of the address of its page.
    pub(crate) slug: Both,
    pub(crate) course: String,
    pub(crate) name: Both,
    pub(crate) gloss: Gloss,
    pub(crate) description: Both,
    pub(crate) ingredients: BothLists,
    pub(crate) contains: Vec<String>,
    pub(crate) may_contain: Vec<String>,
    pub(crate) info: Vec<String>,
    pub(crate) diets: Vec<Diet>,
    pub(crate) spice: u8,
    pub(crate) provenance: Provenance,
    pub(crate) say: String,
    pub(crate) terms: Vec<String>,
    /// A drawing of `content/art` that shows it; a laid plate where there is none.
    pub(crate) art: Option<String>,
    /// The months in which it is served, such as `11-02`; all year where it is missing.
    pub(crate) season: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) extra: bool,
    #[serde(default)]
    pub(crate) alcohol: bool,
}

impl Dish {
    /// Where its page stands.
    pub(crate) fn address(&self) -> routes::Address {
        routes::Address::dish([&self.slug.es, &self.slug.en])
    }

    /// The first and the last month in which it is served, counted from one; `None` where it is
    /// served all year.
    pub(crate) fn season(&self) -> Option<(u8, u8)> {
        self.season.as_ref().and_then(|text| months(text.get_ref()))
    }
}

/// The two months of a season: `03-06`, or `11-02` where the year ends in between.
pub(super) fn months(text: &str) -> Option<(u8, u8)> {
    let month = |part: &str| {
        part.parse::<u8>()
            .ok()
            .filter(|month| part.len() == 2 && (1..=12).contains(month))
    };
    let (from, to) = text.split_once('-')?;
    Some((month(from)?, month(to)?))
}

/// What a name means, where the reader may not know it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gloss {
    pub(crate) en: String,
}

/// What somebody eats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Diet {
    Vegan,
    Vegetarian,
}

/// How a dish is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Provenance {
    Documented,
    Regional,
    Sample,
}

/// A word of the glossary.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub(crate) id: String,
    #[serde(rename = "term")]
    pub(crate) word: String,
    #[serde(default)]
    pub(super) es: String,
    #[serde(default)]
    pub(super) en: String,
}

impl Term {
    /// What it means.
    pub(crate) fn meaning(&self, locale: Locale) -> &str {
        match locale {
            Locale::Es => &self.es,
            Locale::En => &self.en,
        }
    }
}

/// An allergen, or what is told beside them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: Both,
}

/// A sentence that must stand with the menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notice {
    pub(crate) id: String,
    pub(crate) text: Both,
    pub(crate) fact: Option<String>,
}

/// `figures.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figures {
    pub(crate) figure: Vec<Spanned<Figure>>,
}

/// A published figure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    pub(crate) year: u16,
    pub(crate) value: u32,
    pub(crate) at_least: bool,
    pub(crate) label: Both,
    pub(crate) fact: String,
}

/// `allies.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allies {
    pub(crate) ally: Vec<Spanned<Ally>>,
}

/// Somebody the press named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ally {
    pub(crate) name: Both,
    pub(crate) group: Group,
    pub(crate) year: Option<String>,
    pub(crate) role: Both,
    pub(crate) fact: String,
}

/// What kind of ally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Group {
    Partner,
    Chef,
}

/// `press.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Press {
    pub(crate) item: Vec<Spanned<Item>>,
}

/// A publication.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) outlet: String,
    pub(crate) site: Option<String>,
    pub(crate) date: String,
    pub(crate) title: Both,
    pub(super) fact: String,
}
