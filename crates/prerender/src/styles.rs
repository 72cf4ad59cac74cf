//! The style sheets: what a page needs for its first sight travels inside it, the rest follows with
//! the app, which may show anything.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Features, Targets};

use crate::Problem;
use crate::assets::Assets;

/// The sheet of sheets, as the template names it.
pub const WHOLE: &str = "/style/main.css";

/// What every page carries.
const ALWAYS: &str = "sheets/always.css";
/// What only pages carry that show something of it.
const SOMETIMES: [&str; 7] = [
    "sheets/home.css",
    "sheets/passages.css",
    "sheets/story.css",
    "sheets/reading.css",
    "sheets/controls.css",
    "sheets/menu.css",
    "sheets/booking.css",
];
/// What no page needs to carry, as `boot.js` names it. What every page carries is not in it: a second time, it
/// would make a browser style each element anew.
const REST: &str = "/style/sheets/rest.css";
/// What is for paper; a browser asks for it last.
const PRINT: &str = "sheets/print.css";

/// Every sheet, bundled.
pub struct Styles {
    /// All of it, as one text.
    pub whole: String,
    always: String,
    sometimes: Vec<Piece>,
    print_url: String,
}

/// A sheet of which only some pages show something.
struct Piece {
    css: String,
    /// A page with an element of one of these classes needs it.
    classes: BTreeSet<String>,
}

impl Styles {
    /// Bundles the sheets of a folder; the whole and the one for paper become files of the site.
    pub fn bundle(folder: &Path, assets: &mut Assets, out: &Path) -> Result<Self, Problem> {
        let read = |name: &str| bundle(&folder.join(name), assets);
        let whole = read("main.css")?;
        let always = read(ALWAYS)?;
        let rest = read("sheets/rest.css")?;
        let print = read(PRINT)?;
        let mut sometimes = Vec::new();
        for name in SOMETIMES {
            let css = read(name)?;
            let classes = selectors(&css).flat_map(outer_classes);
            let classes = classes.map(str::to_owned).collect();
            sometimes.push(Piece { css, classes });
        }
        assets.add(REST, "style.css", rest.as_bytes(), out)?;
        let print_url = assets.add("/style/print.css", "print.css", print.as_bytes(), out)?;
        Ok(Self {
            whole,
            always,
            sometimes,
            print_url,
        })
    }

    /// What goes into the head of a page with this body.
    pub fn tags(&self, body: &str) -> String {
        let shown = classes_in_html(body);
        let pieces = self.sometimes.iter();
        let pieces = pieces.filter(|piece| {
            let mut classes = piece.classes.iter();
            classes.any(|class| shown.contains(class.as_str()))
        });
        let mut tags = format!("<style>{}</style>", self.always);
        for piece in pieces {
            let _ = write!(tags, "<style>{}</style>", piece.css);
        }
        let _ = write!(
            tags,
            "<link rel=\"stylesheet\" media=\"print\" href=\"{}\">",
            self.print_url
        );
        tags
    }

    /// Each text that may stand in a page, for the policy that allows no other.
    pub fn inline(&self) -> impl Iterator<Item = &str> {
        let sometimes = self.sometimes.iter().map(|piece| piece.css.as_str());
        std::iter::once(self.always.as_str()).chain(sometimes)
    }
}

/// The oldest browsers the site is written for.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets {
        // Our themes are written out, so that what stands in for `light-dark()` would only be carried along.
        exclude: Features::LightDark,
        ..Targets::from(Browsers {
            chrome: version(110, 0),
            firefox: version(115, 0),
            safari: version(16, 4),
            ios_saf: version(16, 4),
            ..Browsers::default()
        })
    }
}

/// Follows the imports of a sheet and writes everything as small as it gets.
fn bundle(path: &Path, assets: &Assets) -> Result<String, Problem> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler
        .bundle(path)
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

/// The selectors of a minified sheet, one by one.
fn selectors(css: &str) -> impl Iterator<Item = &str> {
    let rules = css.split('}').filter_map(|rule| rule.rsplit('{').nth(1));
    let of_elements = |list: &&str| {
        !list.starts_with('@') && !matches!(*list, "to" | "from") && !list.ends_with('%')
    };
    rules.filter(of_elements).flat_map(|list| {
        let mut depth = 0_u32;
        list.split(move |letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            letter == ',' && depth == 0
        })
    })
}

/// The classes of the outermost element a selector names that has one: what it styles stands inside
/// an element of one of them, or is it.
fn outer_classes(selector: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let mut elements = selector.split(move |letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(letter, ' ' | '>' | '+' | '~')
    });
    let element = elements.find(|element| element.contains('.'));
    let after_dots = element
        .into_iter()
        .flat_map(|element| element.split('.').skip(1));
    let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    after_dots
        .filter_map(|rest| rest.split(|letter| !part_of_name(letter)).next())
        .collect()
}

fn classes_in_html(html: &str) -> BTreeSet<&str> {
    let lists = html.split(" class=\"").skip(1);
    lists
        .filter_map(|rest| rest.split('"').next())
        .flat_map(str::split_ascii_whitespace)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style")
    }

    fn styles() -> Styles {
        let out = std::env::temp_dir().join(format!("styles-{}", std::process::id()));
        let styles = Styles::bundle(&folder(), &mut Assets::default(), &out);
        std::fs::remove_dir_all(out).unwrap();
        styles.unwrap()
    }

    #[test]
    fn a_page_carries_the_sheets_of_what_it_shows() {
        let styles = styles();
        let sheets = |body: &str| styles.tags(body).matches("<style>").count();
        assert_eq!(sheets("<main class=\"wrap flow\">"), 1);
        assert_eq!(sheets("<main class=\"wrap\"><ol class=\"timeline\">"), 2);
        assert_eq!(sheets("<ol class=\"timeline\"><i class=\"slot x\">"), 3);
    }

    /// Without one, a page that shows it would come without its look.
    #[test]
    fn what_a_sheet_for_some_pages_styles_stands_inside_a_class() {
        for piece in styles().sometimes {
            for selector in selectors(&piece.css) {
                assert!(!outer_classes(selector).is_empty(), "`{selector}`");
            }
        }
    }

    /// A rule for every element, or a font, would make a browser style the whole page anew when the app starts.
    #[test]
    fn what_comes_with_the_app_styles_nothing_that_stands_there_already() {
        let rest = bundle(&folder().join("sheets/rest.css"), &Assets::default()).unwrap();
        for selector in selectors(&rest) {
            assert!(!outer_classes(selector).is_empty(), "`{selector}`");
        }
        assert!(!rest.contains("@font-face") && styles().whole.contains("@font-face"));
    }

    #[test]
    fn selectors_and_classes_are_found() {
        let css =
            "@media print{.a>.b,i:is(.c,.d_e) .f{margin:.5rem}}@keyframes k{to{top:0}}p{top:0}";
        let found: Vec<_> = selectors(css).collect();
        assert_eq!(found, [".a>.b", "i:is(.c,.d_e) .f", "p"]);
        let classes: Vec<_> = found.into_iter().map(outer_classes).collect();
        assert_eq!(classes, [vec!["a"], vec!["c", "d_e"], vec![]]);
        let html = "<p class=\"a b\"><i id=\"c\" class=\"d\">";
        assert_eq!(classes_in_html(html).len(), 3);
    }
}
