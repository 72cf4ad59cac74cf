//! The address bar and the history behind it.

#[cfg(target_arch = "wasm32")]
mod browser;

use leptos::prelude::*;

/// Where the visitor is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The path, from the site's root.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The fragment, without its hash sign; empty while prerendering.
    pub fragment: String,
}

impl Place {
    /// As it stands in the address bar, without the site's origin.
    pub fn address(&self) -> String {
        let mut address = self.path.clone();
        for (sign, part) in [("?", &self.query), ("#", &self.fragment)] {
            if !part.is_empty() {
                address.push_str(sign);
                address.push_str(part);
            }
        }
        address
    }

    /// A value of the query, percent-decoding left out: the site's own values need none.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        value_in(&self.query, name)
    }

    /// A value of the fragment, written like a query.
    pub fn fragment_value(&self, name: &str) -> Option<&str> {
        value_in(&self.fragment, name)
    }
}

fn value_in<'a>(pairs: &'a str, name: &str) -> Option<&'a str> {
    pairs
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The address bar, as a signal and a way to change it.
#[derive(Clone, Copy)]
pub struct Location {
    place: Signal<Place>,
    #[cfg(target_arch = "wasm32")]
    browser: StoredValue<Option<leptos_router::location::BrowserUrl>, LocalStorage>,
}

impl Location {
    /// Starts following the address bar. While prerendering the place is the page's own path.
    pub fn start() -> Self {
        #[cfg(target_arch = "wasm32")]
        return browser::start();
        #[cfg(not(target_arch = "wasm32"))]
        {
            use leptos_router::location::RequestUrl;
            let path = use_context::<RequestUrl>()
                .map(|url| url.as_ref().to_owned())
                .unwrap_or_default();
            let place = Place {
                path,
                ..Place::default()
            };
            Self {
                place: Signal::stored(place),
            }
        }
    }

    /// Where the visitor is.
    pub fn place(self) -> Signal<Place> {
        self.place
    }

    /// Shows another path of the site; nothing while prerendering.
    pub fn go(self, path: &str, replace: bool) {
        #[cfg(target_arch = "wasm32")]
        browser::go(self, path, replace, true);
        #[cfg(not(target_arch = "wasm32"))]
        let _ = (path, replace);
    }

    /// Changes what stands behind the path without leaving the page or moving it; nothing while
    /// prerendering. Query and fragment come without their signs. Browsers refuse to have an address
    /// changed more than a few times a second: collect what is typed before writing it down.
    pub fn rewrite(self, query: &str, fragment: &str, replace: bool) {
        #[cfg(target_arch = "wasm32")]
        {
            let place = Place {
                path: self.place.with_untracked(|place| place.path.clone()),
                query: query.to_owned(),
                fragment: fragment.to_owned(),
            };
            browser::go(self, &place.address(), replace, false);
        }
        #[cfg(not(target_arch = "wasm32"))]
        let _ = (query, fragment, replace);
    }

    /// The page of the current place is there: the address bar may show it.
    pub fn arrived(self) {
        #[cfg(target_arch = "wasm32")]
        browser::arrived(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_name() {
        let place = Place {
            query: "personas=4&fecha=2026-12-05".into(),
            fragment: "r=abc&t=d=e".into(),
            ..Place::default()
        };
        assert_eq!(place.query_value("fecha"), Some("2026-12-05"));
        assert_eq!(place.query_value("hora"), None);
        assert_eq!(place.fragment_value("t"), Some("d=e"));
    }
}
