//! The style sheets as one text, small enough to travel inside each page.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::Problem;
use crate::assets::Assets;

/// The oldest browsers the site is written for.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(110, 0),
        firefox: version(115, 0),
        safari: version(16, 4),
        ios_saf: version(16, 4),
        ..Browsers::default()
    })
}

/// Follows the imports of `main.css` and writes everything as small as it gets.
pub fn bundle(folder: &Path, assets: &Assets) -> Result<String, Problem> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler
        .bundle(&folder.join("main.css"))
        .map_err(|error| format!("style: {error}"))?;
    sheet
        .minify(MinifyOptions {
            targets: targets(),
            ..MinifyOptions::default()
        })
        .map_err(|error| format!("style: {error}"))?;
    let css = sheet
        .to_css(PrinterOptions {
            minify: true,
            targets: targets(),
            ..PrinterOptions::default()
        })
        .map_err(|error| format!("style: {error}"))?
        .code;
    if css.contains("</") {
        return Err("style: a style sheet holds `</`, which would end it inside a page".to_owned());
    }
    Ok(assets.rename_in(&css))
}
