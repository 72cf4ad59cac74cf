//! What may become HTML in a page, where the browser asks (Trusted Types).

use serde_json::{Value, json};

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    page::Page,
};

/// What texts and drawings are made of.
const HARMLESS: [&str; 4] = [
    "<b>bold</b> and <em>more</em>",
    "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
    "<ul><li><a href=\"/es/carta/\">La carta</a></li></ul>",
    "<option value=\"vegana\">Vegana</option>",
];

/// What would run something, or lead where it does.
const REFUSED: [&str; 9] = [
    "<script>window.ran = true</script>",
    "<img src=\"/x\" onerror=\"window.ran = true\">",
    "<a href=\" javascript:window.ran = true\">x</a>",
    "<svg><a href=\"javascript:1\"><text>x</text></a></svg>",
    "<svg><animate onbegin=\"window.ran = true\"/></svg>",
    "<iframe srcdoc=\"x\"></iframe>",
    "<p>a</p><style>body { display: none }</style>",
    "<link rel=\"stylesheet\" href=\"/x.css\">",
    "<template><b>x</b></template>",
];

/// Tries every way from a text to the page, and tells which were open.
const TRY: &str = r"
    const [texts] = arguments;
    const ways = {
        innerHTML: (text) => { document.createElement('div').innerHTML = text; },
        insertAdjacentHTML: (text) => document.createElement('div').insertAdjacentHTML('beforeend', text),
        parser: (text) => new DOMParser().parseFromString(text, 'text/html'),
    };
    const open = [];
    for (const text of texts) {
        for (const [name, way] of Object.entries(ways)) {
            try { way(text); open.push(`${name}: ${text}`); } catch {}
        }
    }
    return open;
";

/// Whether any text may become a script.
const SCRIPTS: &str = r"
    const open = [];
    try { document.createElement('script').text = 'window.ran = true'; open.push('text'); } catch {}
    try { document.createElement('script').src = '/assets/x.js'; open.push('src'); } catch {}
    try { trustedTypes.createPolicy('mine', { createHTML: (text) => text }); open.push('policy'); } catch {}
    try { trustedTypes.createPolicy('inert', { createHTML: (text) => text }); open.push('twice'); } catch {}
    return { open, ran: window.ran === true };
";

async fn open_ways(page: &Page, texts: &[&str]) -> Outcome<Vec<String>> {
    let answer = page.script(TRY, &[json!(texts)]).await?;
    let ways = answer.as_array().into_iter().flatten();
    Ok(ways.filter_map(Value::as_str).map(str::to_owned).collect())
}

#[tokio::test]
async fn only_what_texts_are_made_of_becomes_html() -> Outcome {
    Flow::named("only_what_texts_are_made_of_becomes_html")
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/historia/").await?;
            let taken = open_ways(page, &HARMLESS).await?;
            if taken.len() != HARMLESS.len() * 3 {
                return Err(Failure::new(format!("Only these were taken: {taken:?}")));
            }
            let taken = open_ways(page, &REFUSED).await?;
            if !taken.is_empty() {
                return Err(Failure::new(format!("These were taken: {taken:?}")));
            }
            let scripts = page.script(SCRIPTS, &[]).await?;
            if scripts != json!({ "open": [], "ran": false }) {
                return Err(Failure::new(format!("A text became a script: {scripts}")));
            }
            // What editors write is taken, in both languages.
            page.link("English").await?.click().await?;
            page.arrives_at("/en/story/").await?;
            page.shows("2016").await
        })
        .await
}
