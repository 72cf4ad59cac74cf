//! The menu as data: fetched once a language, for the menu's own page and for the wizard's dishes.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::Locale;
use crate::json;
use crate::menu::Carte;
use crate::platform::following::follow;
use crate::platform::network::{self, Method, Request};
use crate::routes::Route;

/// How far the menu has got.
#[derive(Debug, Clone, Default)]
pub enum Served {
    /// On its way.
    #[default]
    Awaited,
    /// There.
    Here(Arc<Carte>),
    /// It did not come.
    Missing,
}

/// The menus that have come, alive as long as the app.
#[derive(Clone, Copy)]
pub struct Cartes {
    known: StoredValue<Vec<(Locale, Arc<Carte>)>>,
}

impl Cartes {
    /// None yet.
    pub fn new() -> Self {
        Self {
            known: StoredValue::new(Vec::new()),
        }
    }

    /// The menu in a language; asked for unless it is known. Nothing is asked while prerendering.
    pub fn of(self, locale: Locale) -> RwSignal<Served> {
        let known = self.known.with_value(|known| {
            let mut known = known.iter();
            known.find(|(language, _)| *language == locale).cloned()
        });
        if let Some((_, carte)) = known {
            return RwSignal::new(Served::Here(carte));
        }
        let served = RwSignal::new(Served::Awaited);
        follow(move || {
            spawn_local(async move {
                let answer = fetch(locale).await.map(Arc::new);
                if let Some(carte) = &answer {
                    let entry = (locale, carte.clone());
                    self.known.try_update_value(|known| known.push(entry));
                }
                served.try_set(answer.map_or(Served::Missing, Served::Here));
            });
        });
        served
    }
}

impl Default for Cartes {
    fn default() -> Self {
        Self::new()
    }
}

/// The menus of the app a view stands in.
pub fn use_cartes() -> Cartes {
    use_context().unwrap_or_default()
}

async fn fetch(locale: Locale) -> Option<Carte> {
    let answer = network::send(Request {
        method: Method::Get,
        url: [&Route::Menu.path(locale), Carte::FILE].concat(),
        headers: Vec::new(),
        body: None,
        fresh: false,
        timeout_ms: 15_000,
    })
    .await
    .ok()?;
    let value = json::read(&answer.body)?;
    let carte = Carte::from_json(&value);
    (answer.status == 200 && !carte.dishes.is_empty()).then_some(carte)
}
