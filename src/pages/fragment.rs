//! A page editors write: its HTML is made at build time and never enters the WebAssembly.

use leptos::prelude::*;
use serde_json::Value;

use crate::platform::network::{self, Method, Request};

/// A publication's content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// What the window is called; `None` where the page says so itself.
    pub title: Option<String>,
    /// The HTML inside `<main>`; empty while hydrating, when it stands in the page already.
    pub html: String,
}

/// The page's place in the frame.
#[component]
pub fn FragmentPage(fragment: Fragment) -> impl IntoView {
    // Without children, hydration leaves the served HTML as it is, whatever this string holds.
    view! { <main id="content" tabindex="-1" inner_html=fragment.html></main> }
}

/// Fetches what the prerenderer wrote beside a page.
pub async fn fetch(path: &str) -> Option<Fragment> {
    let answer = network::send(Request {
        method: Method::Get,
        url: [path.trim_end_matches('/'), "/page.json"].concat(),
        headers: Vec::new(),
        body: None,
        fresh: false,
        timeout_ms: 10_000,
    })
    .await
    .ok()?;
    if answer.status != 200 {
        return None;
    }
    let value: Value = serde_json::from_str(&answer.body).ok()?;
    let word = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Fragment {
        title: Some(word("title")?),
        html: word("html")?,
    })
}
