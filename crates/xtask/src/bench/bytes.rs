//! What a phone downloads before a page can be read, and what the app adds to it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{
    pages,
    table::{spaced, table, times},
    words,
};
use crate::{
    check::budget,
    trouble::{OrSay, Outcome},
};

struct Page {
    path: String,
    html: u64,
    fonts: u64,
    words: u64,
}

/// The tables about bytes and words.
pub fn report(site: &Path) -> Outcome<String> {
    let mut measured = Vec::new();
    for path in pages(site)? {
        measured.push(measure(site, path)?);
    }
    let rows: Vec<_> = measured.iter().map(Page::row).collect();
    let head = ["page", "HTML with CSS", "fonts", "together", "words"];
    let table = table(&head, &rows);
    let app = budget::measure(site)?;
    let words_in = |code: &str| -> u64 {
        let own = format!("/{code}/");
        let pages = measured.iter().filter(|page| page.path.starts_with(&own));
        pages.map(|page| page.words).sum()
    };
    let (es, en) = (words_in("es"), words_in("en"));
    let heaviest = measured
        .iter()
        .map(Page::critical)
        .max()
        .unwrap_or_default();
    Ok(format!(
        "## Bytes until a page can be read (brotli)\n\n{table}\n\
         The app: WebAssembly {} and scripts {}, together {} bytes (brotli), {} times the heaviest \
         page; {} with the first question of a booking; {} of parts that come when they are wanted; and {} of words in the language read.\n\
         Words: {} in Spanish, {} in English ({} % of the Spanish).\n",
        spaced(app.wasm),
        spaced(app.js),
        spaced(app.wasm_plus_js),
        times(app.wasm_plus_js, heaviest),
        spaced(app.first_question),
        spaced(app.parts),
        spaced(app.words),
        spaced(es),
        spaced(en),
        (en * 100).checked_div(es).unwrap_or_default(),
    ))
}

impl Page {
    fn critical(&self) -> u64 {
        self.html + self.fonts
    }

    fn row(&self) -> Vec<String> {
        vec![
            self.path.clone(),
            spaced(self.html),
            spaced(self.fonts),
            spaced(self.critical()),
            spaced(self.words),
        ]
    }
}

fn measure(site: &Path, path: String) -> Outcome<Page> {
    let file = inside(site, &path).join("index.html");
    let html = fs::read_to_string(&file).or_say(|| format!("read {}", file.display()))?;
    let mut fonts = 0;
    for font in fonts_in(&html) {
        fonts += size(&inside(site, font))?;
    }
    Ok(Page {
        html: size(&file.with_extension("html.br"))?,
        fonts,
        words: words::of_main(&html),
        path,
    })
}

/// The fonts a page names, in its preloads or in its styles, each once.
fn fonts_in(html: &str) -> BTreeSet<&str> {
    let quoted = html.split(['"', '\'', '(', ')']);
    let is_font = |text: &&str| {
        Path::new(text)
            .extension()
            .is_some_and(|kind| kind == "woff2")
    };
    quoted
        .filter(|text| text.starts_with('/'))
        .filter(is_font)
        .collect()
}

fn inside(site: &Path, path: &str) -> PathBuf {
    site.join(path.trim_start_matches('/'))
}

fn size(file: &Path) -> Outcome<u64> {
    let metadata = fs::metadata(file).or_say(|| format!("measure {}", file.display()))?;
    Ok(metadata.len())
}

#[cfg(test)]
mod tests {
    use super::fonts_in;

    #[test]
    fn a_font_counts_once() {
        let html = "<link rel=\"preload\" href=\"/fonts/a.1f.woff2\"><style>@font-face{src:\
                    url(/fonts/a.1f.woff2)format(\"woff2\")}@font-face{src:url(\"/fonts/b.woff2\")}";
        let fonts: Vec<_> = fonts_in(html).into_iter().collect();
        assert_eq!(fonts, ["/fonts/a.1f.woff2", "/fonts/b.woff2"]);
    }
}
