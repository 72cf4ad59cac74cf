//! Every generated page is taken over by the app without a word and without a change.
//!
//! A difference between what was prerendered and what the app renders first ends the page in a
//! release build, so no page is left out.

use serde_json::{Value, json};

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    flow::{Flow, Scene, is_whole},
    ledger::{self, Entry},
    site::Site,
};

/// Attributes that the app may change on a prerendered element, each with its reason.
const IGNORED_ATTRIBUTES: [&str; 1] = [
    // The entry reads it to know that there is something to hydrate.
    "data-prerendered",
];

/// Elements whose inside belongs to the visitor's moment: announcements.
const LIVE: &str = "[aria-live]";

/// Keeps the body as it is at the very moment the app says it is ready: hydrated, and before
/// anything else. A step of the wizard goes on from there by itself, to the venue's answer or to
/// the first step, and a picture taken any later would show that.
const WATCH: &str = r"
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value) {
        set.call(this, name, value);
        if (name === 'data-app' && value === 'ready') window.hydrated = document.body.cloneNode(true);
    };
";

/// So many pages tell what is wrong; the rest would only take their time to say it again.
const ENOUGH: usize = 4;

/// A quick run takes every so many pages in the engines that are sampled, beginning elsewhere in
/// each language, so that most kinds of page are among them.
const STEP: usize = 6;

#[tokio::test]
async fn every_spanish_page_hydrates() -> Outcome {
    Flow::named("every_spanish_page_hydrates")
        .sampled()
        .before_the_app(WATCH)
        .run(async |scene| every_page(scene, 0, |path| !path.starts_with("/en/")).await)
        .await
}

#[tokio::test]
async fn every_english_page_hydrates() -> Outcome {
    Flow::named("every_english_page_hydrates")
        .sampled()
        .before_the_app(WATCH)
        .run(async |scene| every_page(scene, STEP / 2, |path| path.starts_with("/en/")).await)
        .await
}

async fn every_page(scene: &mut Scene, first: usize, which: impl Fn(&str) -> bool) -> Outcome {
    let all: Vec<_> = Site::pages()?
        .into_iter()
        .filter(|path| which(path))
        .collect();
    if all.is_empty() {
        return Err(Failure::new("pages.json names no page of this language."));
    }
    let of = all.len();
    let pages = if scene.engine == Engine::Chromium || is_whole("PAGES") {
        all
    } else {
        all.into_iter().skip(first).step_by(STEP).collect()
    };
    let mut faults = Vec::new();
    let mut loaded = 0;
    for path in &pages {
        loaded += 1;
        if let Err(failure) = hydrates(scene, path).await {
            faults.push(failure.while_doing(path).to_string());
        }
        if faults.len() == ENOUGH {
            break;
        }
    }
    ledger::note(scene.engine, &Entry::Hydrated { pages: loaded, of })?;
    if faults.is_empty() {
        return Ok(());
    }
    let bad = faults.len();
    let faults = faults.join("\n\n");
    Err(Failure::new(format!(
        "{bad} of {loaded} pages loaded:\n{faults}"
    )))
}

async fn hydrates(scene: &mut Scene, path: &str) -> Outcome {
    let page = &scene.page;
    if let Err(failure) = page.open_ready(path).await {
        // Most often the console knows why.
        let errors = page.console().errors().await?.join("\n");
        return Err(Failure::new(format!("{failure}\n{errors}")));
    }
    let args = [json!(path), json!(IGNORED_ATTRIBUTES), json!(LIVE)];
    let answer = page.script_async(COMPARE, &args).await?;
    // Looked at even if the trees differ: the console says which node surprised the app.
    let console = page.no_console_errors().await;
    if let Some(error) = answer.get("error").and_then(Value::as_str) {
        return Err(Failure::new(error));
    }
    let lines = |key: &str| -> Vec<String> {
        let list = answer.get(key).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect()
    };
    let tree = same(&lines("served"), &lines("live"));
    let both = [console, tree].into_iter().filter_map(Result::err);
    let faults: Vec<_> = both.map(|fault| fault.to_string()).collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(faults.join("\n")))
}

/// Compares two trees line by line and shows the first difference with what surrounds it.
fn same(served: &[String], live: &[String]) -> Outcome {
    let differs = |at: &usize| served.get(*at) != live.get(*at);
    let Some(at) = (0..served.len().max(live.len())).find(differs) else {
        return Ok(());
    };
    let around = |lines: &[String]| {
        let lines = lines.iter().skip(at.saturating_sub(3)).take(7);
        lines
            .map(|line| format!("    {line}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    Err(Failure::new(format!(
        "The DOM changed when the app took over.\n  served:\n{}\n  live:\n{}",
        around(served),
        around(live)
    )))
}

/// Two outlines of the body, one from the bytes the server sends, one from the page
/// as the app found it.
/// Comments are markers of the framework, and text may be cut into several nodes by them.
const COMPARE: &str = r"
    const [path, ignored, live, done] = arguments;
    const outline = (node, depth, lines) => {
        let text = '';
        const flush = () => {
            const words = text.replace(/\s+/g, ' ').trim();
            if (words) lines.push('  '.repeat(depth) + words);
            text = '';
        };
        for (const child of node.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) text += child.data;
            if (child.nodeType !== Node.ELEMENT_NODE) continue;
            flush();
            const attributes = [...child.attributes]
                .filter(({ name }) => !ignored.includes(name))
                .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
                .sort();
            lines.push('  '.repeat(depth) + '<' + child.localName + attributes.join('') + '>');
            const closed = child.matches(live) || child.localName === 'noscript';
            if (!closed) outline(child, depth + 1, lines);
        }
        flush();
        return lines;
    };
    // Read by the browser itself: the page's policy lets no script of a text become HTML.
    const again = new XMLHttpRequest();
    again.open('GET', path);
    again.responseType = 'document';
    again.onload = () => done({
        served: outline(again.response.body, 0, []),
        live: outline(window.hydrated, 0, []),
    });
    again.onerror = () => done({ error: 'The page could not be fetched again.' });
    again.send();
";
