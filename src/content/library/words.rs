//! The words around the prose: headings, labels and notes of the publication's pages.
//!
//! They are not in `ui.toml` because that is compiled into the WebAssembly, and these are only
//! ever read at build time.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `content/<locale>/publication.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) sources: SourceWords,
    pub(crate) state: StateWords,
    pub(crate) home: HomeWords,
    pub(crate) story_end: StoryEndWords,
    pub(crate) menu: MenuWords,
    pub(crate) filter: FilterWords,
    /// What the app says while somebody plays with the menu.
    pub(crate) play: crate::content::play::Words,
    pub(crate) dish: DishWords,
    pub(crate) visit: VisitWords,
    pub(crate) foundation: FoundationWords,
    pub(crate) allies: AlliesWords,
    pub(crate) press: PressWords,
    pub(crate) plain: PlainWords,
    pub(crate) trouble: TroubleWords,
    pub(crate) status: StatusWords,
    /// What the drawings show, by their names, where one goes out as the picture of a shared link.
    #[serde(default)]
    pub(crate) drawings: BTreeMap<String, String>,
    /// What stands in a drawing, by the drawing's name.
    pub(crate) art: BTreeMap<String, BTreeMap<String, String>>,
}

/// What is said of the app itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TroubleWords {
    pub(crate) coming: String,
    pub(crate) late: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) reload: String,
    pub(crate) contact: String,
}

/// How booking is doing, for whoever runs the site.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusWords {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) waiting: String,
    pub(crate) now: String,
    pub(crate) asking: String,
    pub(crate) detail: String,
    pub(crate) asked: String,
    pub(crate) again: String,
    pub(crate) source: String,
    pub(crate) provider: String,
    pub(crate) native: String,
    pub(crate) octo: String,
    pub(crate) calcom: String,
    pub(crate) address: String,
    pub(crate) venue: String,
    pub(crate) supplier: String,
    pub(crate) no_who: String,
    pub(crate) nights: String,
    pub(crate) free: String,
    pub(crate) no_nights: String,
    pub(crate) mode: String,
    pub(crate) live: String,
    pub(crate) trial: String,
    pub(crate) there: String,
    pub(crate) zone: String,
    pub(crate) no_zone: String,
    pub(crate) clock: String,
    pub(crate) even: String,
    pub(crate) ahead: String,
    pub(crate) behind: String,
    pub(crate) no_clock: String,
    pub(crate) abilities: String,
    pub(crate) yes: String,
    pub(crate) no: String,
    pub(crate) promises: String,
    /// What a system can do, by the app's name for it.
    pub(crate) can: BTreeMap<String, String>,
    /// What each kind of system guarantees, by its word in `config.json`.
    pub(crate) keeps: BTreeMap<String, Vec<String>>,
    /// What came of asking, by the app's name for it.
    pub(crate) says: BTreeMap<String, SaidWords>,
}

/// What came of asking: what it is, what it means and what to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaidWords {
    pub(crate) title: String,
    pub(crate) text: String,
}

/// The sources of a page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceWords {
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) one: String,
    pub(crate) some: String,
    pub(crate) mark: String,
    pub(crate) certain: String,
    pub(crate) reported: String,
}

/// Whether one can dine there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StateWords {
    pub(crate) today: String,
    pub(crate) more: String,
    pub(crate) verified: String,
}

/// The front page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HomeWords {
    pub(crate) visit_today: String,
    pub(crate) book: String,
    pub(crate) see_menu: String,
    pub(crate) facts: String,
    pub(crate) to_story: String,
    pub(crate) to_second_chances: String,
    pub(crate) to_foundation: String,
    pub(crate) to_press: String,
    pub(crate) doors: String,
    pub(crate) to_allies: String,
}

/// What stands below the timeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoryEndWords {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) link: String,
}

/// The menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MenuWords {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) per_person: String,
    pub(crate) other_currency: String,
    pub(crate) courses: String,
    pub(crate) made_of: String,
    pub(crate) say: String,
    pub(crate) words: String,
    pub(crate) contains: String,
    pub(crate) may_contain: String,
    pub(crate) not_stated: String,
    pub(crate) legend_title: String,
    pub(crate) legend_contains: String,
    pub(crate) legend_may: String,
    pub(crate) legend_not_stated: String,
    pub(crate) info: String,
    pub(crate) vegan: String,
    pub(crate) vegetarian: String,
    pub(crate) spice_little: String,
    pub(crate) spice_some: String,
    pub(crate) spice_much: String,
    pub(crate) regional: String,
    pub(crate) sample: String,
    pub(crate) glossary: String,
}

/// The filter of the menu, as it stands in the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilterWords {
    pub(crate) title: String,
    pub(crate) search: String,
    pub(crate) more: String,
    pub(crate) clear: String,
    pub(crate) waiting: String,
    pub(crate) failed: String,
    pub(crate) none: String,
    pub(crate) ask: String,
    pub(crate) may_title: String,
    pub(crate) may_warning: String,
}

/// A dish's page, beside the words of the menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DishWords {
    pub(crate) description: String,
    pub(crate) back: String,
    pub(crate) inside: String,
    pub(crate) ingredients: String,
    pub(crate) contains: String,
    pub(crate) may_contain: String,
    pub(crate) not_stated: String,
    pub(crate) not_stated_note: String,
    pub(crate) also: String,
    pub(crate) know: String,
    pub(crate) course: String,
    pub(crate) extra: String,
    pub(crate) diet: String,
    pub(crate) no_diet: String,
    pub(crate) spice: String,
    pub(crate) no_spice: String,
    pub(crate) season: String,
    pub(crate) months: String,
    pub(crate) provenance: String,
    pub(crate) documented: String,
    pub(crate) say: String,
    pub(crate) words: String,
}

/// Before you come.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VisitWords {
    pub(crate) map: String,
    pub(crate) contact: String,
}

/// The foundation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FoundationWords {
    pub(crate) year: String,
    pub(crate) people: String,
    pub(crate) at_least: String,
}

/// Allies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlliesWords {
    pub(crate) year_unknown: String,
}

/// The press.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PressWords {
    pub(crate) list: String,
}

/// Pages of prose alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlainWords {
    pub(crate) updated: String,
    /// Who took a photograph.
    pub(crate) credit: String,
}
