//! Pages made of pictures: one sheet a page of the site, and the index of them all.

use std::{fmt::Write as _, fs, path::Path};

use super::plan::{file_of, variants};
use crate::failure::Outcome;

/// Pictures are printed at half their size: headings can be read, and a page is seen whole.
const SHRUNK: u32 = 2;
const GAP: u32 = 24;

/// A picture on a sheet, in the sheet's own pixels.
struct Print {
    file: String,
    caption: String,
    width: u32,
    height: u32,
}

/// All pictures of one page, laid side by side.
///
/// A story on a phone is thirty times as long as it is wide. Each picture is cut into columns of
/// one height, chosen so that the sheet gets about the shape of a screen.
pub struct Sheet {
    prints: Vec<Print>,
    height: u32,
}

impl Sheet {
    /// The sheet of the pictures of this name, or none if there are no pictures.
    pub fn of(folder: &Path, name: &str) -> Outcome<Option<Self>> {
        let mut prints = Vec::new();
        for (size, scheme) in variants() {
            let file = file_of(name, size, scheme);
            let path = folder.join(&file);
            if !path.exists() {
                continue;
            }
            let (width, height) = dimensions(&fs::read(path)?).unwrap_or_default();
            prints.push(Print {
                file,
                caption: format!("{} {scheme}", size.width),
                width: width / SHRUNK,
                height: height / SHRUNK,
            });
        }
        if prints.is_empty() {
            return Ok(None);
        }
        let area: u32 = prints.iter().map(|print| print.width * print.height).sum();
        let height = (area / 10 * 7).isqrt().max(1);
        let heights = prints
            .iter()
            .map(|print| without_remnant(print.height, height));
        let height = heights.max().unwrap_or(height);
        Ok(Some(Self { prints, height }))
    }

    /// How wide a window shows all of it.
    pub fn width(&self) -> u32 {
        let widths = self.prints.iter().map(|print| {
            let columns = print.height.div_ceil(self.height);
            columns * (print.width + GAP)
        });
        widths.sum::<u32>() + GAP
    }

    pub fn html(&self, name: &str) -> String {
        let mut html = format!(
            "<!doctype html><meta charset=utf-8><title>{name}</title><style>{SHEET_STYLE}</style>"
        );
        for print in &self.prints {
            let (file, width) = (&print.file, print.width);
            for column in 0..print.height.div_ceil(self.height) {
                let top = column * self.height;
                let height = self.height.min(print.height - top);
                let caption = if column == 0 { &print.caption } else { "…" };
                let _ = write!(
                    html,
                    "<figure style='width:{width}px'><figcaption>{caption}</figcaption>\
                     <div style='height:{height}px'>\
                     <img src='{file}' style='width:{width}px;margin-top:-{top}px'></div></figure>",
                );
            }
        }
        html
    }
}

const SHEET_STYLE: &str = "\
    body { margin: 0; padding: 12px; display: flex; align-items: start; background: #777; \
      color: #fff; font: 14px sans-serif; } \
    figure { margin: 0 12px; flex: none; } figcaption { padding-block: 0 6px; } \
    div { overflow: hidden; } img { display: block; }";

/// The column height that leaves no column of a few lines to a picture.
fn without_remnant(picture: u32, column: u32) -> u32 {
    let (whole, rest) = (picture / column, picture % column);
    if whole > 0 && rest < column / 6 {
        picture.div_ceil(whole)
    } else {
        column
    }
}

/// Width and height of a PNG, from its first chunk.
fn dimensions(png: &[u8]) -> Option<(u32, u32)> {
    let number = |from: usize| {
        let bytes = png.get(from..from + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    Some((number(16)?, number(20)?))
}

/// A table of all pages and all ways they were photographed.
pub fn index(folder: &Path, names: &[String]) -> String {
    let mut html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Every page</title>\
         <meta name=viewport content='width=device-width'><style>{INDEX_STYLE}</style>\
         <h1>Every page</h1><table><thead><tr><th scope=col>Page"
    );
    for (size, scheme) in variants() {
        let _ = write!(html, "<th scope=col>{} {scheme}", size.width);
    }
    html += "<tbody>";
    let there = |file: &str| folder.join(file).exists();
    for name in names {
        if !variants().any(|(size, scheme)| there(&file_of(name, size, scheme))) {
            continue;
        }
        let _ = write!(
            html,
            "<tr><th scope=row><a href='sheet-{name}.png'>{name}</a>"
        );
        for (size, scheme) in variants() {
            let file = file_of(name, size, scheme);
            html += "<td>";
            if there(&file) {
                let _ = write!(
                    html,
                    "<a href='{file}'><img src='{file}' alt='{name}, {} wide, {scheme}' \
                     loading=lazy></a>",
                    size.width
                );
            }
        }
    }
    html + "</table></html>\n"
}

const INDEX_STYLE: &str = "\
    body { margin: 1rem; font: 16px/1.4 system-ui, sans-serif; color-scheme: light dark; } \
    table { border-collapse: collapse; } thead th { position: sticky; top: 0; background: Canvas; } \
    th, td { padding: .4rem; text-align: start; vertical-align: top; } \
    tbody tr { border-top: 1px solid GrayText; } \
    td a { display: block; height: 12rem; overflow: hidden; } img { display: block; width: 8rem; }";
