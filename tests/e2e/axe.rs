//! axe, put into a page by WebDriver: the page's own policy, which allows no foreign script, stays
//! as it is.

use std::fs;

use serde_json::{Value, json};

use crate::{
    failure::{Failure, Outcome},
    page::Page,
    site::given,
};

/// WCAG 2.2 at levels A and AA with all its predecessors, and what is good practice besides.
const TAGS: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

/// Waits until nothing moves, as a colour on its way is no colour of the design.
const RUN: &str = r"
    const [tags, done] = arguments;
    const still = document.getAnimations().map((one) => one.finished.catch(() => {}));
    const enough = new Promise((over) => setTimeout(over, 2000));
    Promise.race([Promise.all(still), enough])
        .then(() => axe.run(document, { runOnly: { type: 'tag', values: tags } }))
        .then(({ violations, passes }) => done({
            rules: passes.length,
            violations: violations.map(({ id, help, nodes }) => ({
                id, help,
                nodes: nodes.map(({ target, html, failureSummary }) =>
                    ({ target: target.join(' '), html, why: failureSummary })),
            })),
        }))
        .catch((error) => done({ error: String(error) }));
";

/// The visitor's choice of colours.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Has the browser prefer it, on every page from now on. Chromium's own protocol: the colours
    /// are the same in every engine, so one engine is enough for this.
    pub async fn choose(self, page: &Page) -> Outcome {
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": self.name() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setEmulatedMedia", features).await?;
        let asked = format!(
            "return matchMedia('(prefers-color-scheme: {})').matches",
            self.name()
        );
        if page.script(&asked, &[]).await? == true {
            return Ok(());
        }
        Err(Failure::new(format!(
            "The browser does not prefer {}.",
            self.name()
        )))
    }
}

/// What axe finds wrong on the page as it is now, one readable paragraph each.
pub async fn violations(page: &Page, scheme: Scheme) -> Outcome<Vec<String>> {
    let source = fs::read_to_string(given("INTERNO_E2E_AXE")?)?;
    page.script(&source, &[]).await?;
    let answer = page.script_async(RUN, &[json!(TAGS)]).await?;
    if let Some(error) = answer.get("error").and_then(Value::as_str) {
        return Err(Failure::new(format!("axe did not run: {error}")));
    }
    if answer
        .get("rules")
        .and_then(Value::as_u64)
        .unwrap_or_default()
        == 0
    {
        return Err(Failure::new("axe looked at nothing."));
    }
    let path = page.path().await?;
    let place = format!("{path} in {}", scheme.name());
    let found = list(&answer, "violations").flat_map(|rule| {
        let head = format!("{place}: {} ({})", text(rule, "id"), text(rule, "help"));
        list(rule, "nodes").map(move |node| {
            let (target, html) = (text(node, "target"), text(node, "html"));
            let why = text(node, "why").replace('\n', "\n  ");
            format!("{head}\n  at {target}\n  {html}\n  {why}")
        })
    });
    Ok(found.collect())
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
