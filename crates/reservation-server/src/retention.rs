//! How long what is personal is kept, each kind by a rule of its own, and what of it is gone when. Pure: the
//! store asks, and counts what it deletes.

use jiff::SignedDuration;

use crate::record::Details;

/// A kind of data that is deleted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who booked and how to reach them, who comes along, what they ordered.
    Contact,
    /// Numbers of documents.
    Documents,
    /// What somebody cannot eat.
    Dietary,
    /// What else the house should know.
    Note,
    /// Places on the waiting list.
    Waitlist,
    /// What became of messages, and who asked for lost links.
    Outbox,
    /// The memory of keys.
    Keys,
    /// Who held a table, as a keyed hash of an address.
    Holders,
}

impl Kind {
    /// Every kind, in the order it is told in.
    pub const ALL: [Self; 8] = [
        Self::Contact,
        Self::Documents,
        Self::Dietary,
        Self::Note,
        Self::Waitlist,
        Self::Outbox,
        Self::Keys,
        Self::Holders,
    ];

    /// How it is kept and told.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Documents => "documents",
            Self::Dietary => "dietary",
            Self::Note => "note",
            Self::Waitlist => "waitlist",
            Self::Outbox => "outbox",
            Self::Keys => "keys",
            Self::Holders => "holders",
        }
    }
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; Kind::ALL.len()]);

impl Counts {
    /// So many more.
    pub fn add(&mut self, kind: Kind, number: u64) {
        let at = Kind::ALL.iter().position(|it| *it == kind);
        if let Some(count) = at.and_then(|at| self.0.get_mut(at)) {
            *count += number;
        }
    }

    /// All that is in another one, too.
    pub fn add_all(&mut self, more: &Self) {
        for (kind, number) in more.told() {
            self.add(kind, number);
        }
    }

    /// The kinds there are any of.
    pub fn told(&self) -> impl Iterator<Item = (Kind, u64)> {
        let all = Kind::ALL.into_iter().zip(self.0);
        all.filter(|(_, number)| *number > 0)
    }

    /// How many there are of a kind.
    pub fn of(&self, kind: Kind) -> u64 {
        self.told()
            .find_map(|(it, number)| (it == kind).then_some(number))
            .unwrap_or_default()
    }
}

/// How long details outlive their evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Everything.
    pub contact: SignedDuration,
    /// Numbers of documents.
    pub documents: SignedDuration,
    /// What somebody cannot eat.
    pub dietary: SignedDuration,
    /// The note.
    pub note: SignedDuration,
    /// Which of the questions to guests ask for a document.
    pub document_fields: Vec<String>,
}

/// What is left of details at an age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// All of it.
    All,
    /// Some of it.
    Some(Box<Details>),
    /// Nothing.
    Nothing,
}

impl Retention {
    /// How long details of this kind outlive their evening; none where another clock counts.
    pub fn keeps(&self, kind: Kind) -> Option<SignedDuration> {
        match kind {
            Kind::Contact => Some(self.contact),
            Kind::Documents => Some(self.documents),
            Kind::Dietary => Some(self.dietary),
            Kind::Note => Some(self.note),
            Kind::Waitlist | Kind::Outbox | Kind::Keys | Kind::Holders => None,
        }
    }

    /// The shortest of them: before that nothing has to be looked at.
    pub fn shortest(&self) -> SignedDuration {
        let all = [self.contact, self.documents, self.dietary, self.note];
        all.into_iter().min().unwrap_or_default()
    }

    /// How many of each kind there are in details.
    pub fn count(&self, details: &Details) -> Counts {
        let documents = details.guests.iter().flat_map(|guest| &guest.fields);
        let documents = documents.filter(|(id, value)| self.is_document(id) && !value.is_empty());
        let mut counts = Counts::default();
        counts.add(Kind::Contact, 1);
        counts.add(Kind::Documents, documents.count() as u64);
        counts.add(Kind::Dietary, details.dietary.len() as u64);
        counts.add(Kind::Note, details.note.is_some().into());
        counts
    }

    /// What is left of details so long after their evening, and what goes.
    pub fn apply(&self, details: &Details, age: SignedDuration) -> (Left, Counts) {
        let all = self.count(details);
        if age >= self.contact {
            return (Left::Nothing, all);
        }
        let mut left = details.clone();
        let mut gone = Counts::default();
        for kind in [Kind::Documents, Kind::Dietary, Kind::Note] {
            if all.of(kind) == 0 || self.keeps(kind).is_none_or(|time| age < time) {
                continue;
            }
            gone.add(kind, all.of(kind));
            match kind {
                Kind::Documents => {
                    for guest in &mut left.guests {
                        guest.fields.retain(|id, _| !self.is_document(id));
                    }
                }
                Kind::Dietary => left.dietary.clear(),
                _ => left.note = None,
            }
        }
        if gone == Counts::default() {
            (Left::All, gone)
        } else {
            (Left::Some(Box::new(left)), gone)
        }
    }

    fn is_document(&self, id: &str) -> bool {
        self.document_fields.iter().any(|field| field == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reservation_contract::openapi::fixture;
    use reservation_contract::reservation::{ConfirmRequest, PartyGuest};

    const DAY: SignedDuration = SignedDuration::from_hours(24);

    fn rules() -> Retention {
        Retention {
            contact: DAY * 30,
            documents: DAY,
            dietary: DAY * 2,
            note: DAY * 3,
            document_fields: vec!["passport".into()],
        }
    }

    fn details() -> Details {
        let request = fixture("request-confirm").unwrap();
        let request: ConfirmRequest = serde_json::from_value(request).unwrap();
        let mut details = Details::from(request);
        let fields = [("name", "Lucía"), ("passport", "AB 1234")];
        let fields = fields.map(|(id, value)| (id.to_owned(), value.to_owned()));
        details.guests = vec![PartyGuest {
            fields: fields.into(),
        }];
        details
    }

    #[test]
    fn each_kind_goes_at_its_time_and_the_rest_stays() {
        let (rules, all) = (rules(), details());
        assert!(!all.dietary.is_empty() && all.note.is_some());
        let just_before = |days: i32| DAY * days - SignedDuration::from_secs(1);
        let (left, gone) = rules.apply(&all, just_before(1));
        assert_eq!((left, gone), (Left::All, Counts::default()));
        let mut expected = all.clone();
        let mut at = |age, change: &dyn Fn(&mut Details)| {
            change(&mut expected);
            let (left, _) = rules.apply(&all, age);
            assert_eq!(left, Left::Some(Box::new(expected.clone())), "{age:?}");
        };
        at(DAY, &|it| {
            it.guests[0].fields.remove("passport");
        });
        at(just_before(2), &|_| {});
        at(DAY * 2, &|it| it.dietary.clear());
        at(DAY * 3, &|it| it.note = None);
        at(just_before(30), &|_| {});
        assert_eq!(rules.apply(&all, DAY * 30).0, Left::Nothing);
    }

    #[test]
    fn what_goes_is_counted_once() {
        let rules = rules();
        let (left, gone) = rules.apply(&details(), DAY * 2);
        assert_eq!((gone.of(Kind::Documents), gone.of(Kind::Note)), (1, 0));
        assert_eq!(gone.of(Kind::Dietary), details().dietary.len() as u64);
        let Left::Some(left) = left else {
            panic!("nothing changed");
        };
        let (again, gone) = rules.apply(&left, DAY * 2);
        assert_eq!((again, gone), (Left::All, Counts::default()));
        let (_, last) = rules.apply(&left, DAY * 30);
        let told: Vec<_> = last.told().collect();
        assert_eq!(told, [(Kind::Contact, 1), (Kind::Note, 1)]);
    }
}
