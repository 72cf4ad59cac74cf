//! Where a link in the texts may lead.

use booking::Step;

use crate::routes::Route;

/// What stands in the brackets of `[words](…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// `fact:id`: the words rest on a row of `facts.toml`.
    Fact(String),
    /// `page:id`: another page of this site, in the reader's language.
    Page(Route),
    /// `lang:xx`: not a link but words of another language.
    Language(String),
    /// Somewhere else.
    Web(String),
}

/// The pages by the names the texts use.
const PAGES: [(&str, Route); 13] = [
    ("home", Route::Home),
    ("story", Route::Story),
    ("second-chances", Route::SecondChances),
    ("foundation", Route::Foundation),
    ("menu", Route::Menu),
    ("book", Route::Book(Step::Party)),
    ("manage", Route::Manage),
    ("visit", Route::Visit),
    ("allies", Route::Allies),
    ("press", Route::Press),
    ("accessibility", Route::Accessibility),
    ("privacy", Route::Privacy),
    ("credits", Route::Credits),
];

/// The page of a name.
pub(crate) fn page(name: &str) -> Option<Route> {
    PAGES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, route)| *route)
}

impl Link {
    /// Reads a target; what is wrong with it, in words for an editor.
    pub(crate) fn parse(target: &str) -> Result<Self, String> {
        if let Some(id) = target.strip_prefix("fact:") {
            return Ok(Self::Fact(id.to_owned()));
        }
        if let Some(name) = target.strip_prefix("page:") {
            return page(name)
                .map(Self::Page)
                .ok_or_else(|| format!("there is no page \"{name}\""));
        }
        if let Some(code) = target.strip_prefix("lang:") {
            return if (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
            {
                Ok(Self::Language(code.to_owned()))
            } else {
                Err(format!("\"{code}\" is not the code of a language"))
            };
        }
        if target.starts_with("https://") {
            return Ok(Self::Web(target.to_owned()));
        }
        Err(format!(
            "the link \"{target}\" is none of fact:, page:, lang: and https://"
        ))
    }
}
