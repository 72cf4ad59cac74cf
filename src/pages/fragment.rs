//! A page editors write: its HTML is made at build time and never enters the WebAssembly.

use serde_json::Value;

use crate::components::element::element;
use crate::components::part::Part;
use crate::json;
use crate::platform::network::{self, Method, Request};

/// A publication's content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment {
    /// What the window is called; `None` where the page says so itself.
    pub title: Option<String>,
    /// The HTML inside `<main>`; empty while hydrating, when it stands in the page already.
    pub html: String,
    /// The page's path in the other language, where the table of pages does not know it.
    pub twin: Option<String>,
}

/// The name under which a page carries its path in the other language.
pub const TWIN: &str = "twin";

impl Fragment {
    /// What the app needs of a page that stands there already, from the data it carries.
    pub fn standing(data: &str) -> Self {
        let value = json::read(data).unwrap_or_default();
        Self {
            twin: word(&value, TWIN),
            ..Self::default()
        }
    }
}

fn word(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// The page's place in the frame.
pub fn fragment_page(fragment: Fragment) -> Part {
    // Without children, hydration leaves the served HTML as it is, whatever this string holds.
    element("main")
        .with("id", "content")
        .with("tabindex", "-1")
        .html(fragment.html)
        .part()
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
    let value = json::read(&answer.body)?;
    Some(Fragment {
        title: Some(word(&value, "title")?),
        html: word(&value, "html")?,
        twin: word(&value, TWIN),
    })
}
