//! The icons in every size that is asked for, from the one drawing of it.

use std::fs;
use std::path::Path;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::{Problem, site};

/// How much of a maskable icon's side every mask leaves.
const SAFE: f32 = 0.72;

/// Path and side of the icons that keep the drawing's own margin.
const PLAIN: [(&str, u32); 3] = [
    ("icons/icon-192.png", 192),
    ("icons/icon-512.png", 512),
    ("icons/apple-touch-icon.png", 180),
];
/// The icon that systems cut to their own shape.
pub const MASKABLE: &str = "icons/icon-maskable-512.png";

/// Writes them beside `icons/icon.svg`, and `favicon.ico` for those who ask for it unasked.
pub fn write(out: &Path) -> Result<(), Problem> {
    let path = out.join("icons/icon.svg");
    let said = |what: String| format!("{}: {what}", path.display());
    let svg = fs::read_to_string(&path).map_err(|error| said(error.to_string()))?;
    let icon = usvg::Tree::from_str(&svg, &usvg::Options::default())
        .map_err(|error| said(error.to_string()))?;
    for (name, side) in PLAIN {
        site::write_bytes(&out.join(name), &draw(&icon, side, 1.0)?)?;
    }
    site::write_bytes(&out.join(MASKABLE), &draw(&icon, 512, SAFE)?)?;
    site::write_bytes(&out.join("favicon.ico"), &ico(&draw(&icon, 32, 1.0)?)?)
}

/// The icon, drawn smaller on a ground of its own colour where `part` is below one.
fn draw(icon: &usvg::Tree, side: u32, part: f32) -> Result<Vec<u8>, Problem> {
    let mut pixels = Pixmap::new(side, side).ok_or("an icon has no side")?;
    #[expect(clippy::cast_precision_loss, reason = "sides are a few hundred")]
    let whole = side as f32;
    let draw = |pixels: &mut Pixmap, part: f32| {
        let scale = whole * part / icon.size().width();
        let margin = whole * (1.0 - part) / 2.0;
        let place = Transform::from_translate(margin, margin).pre_scale(scale, scale);
        resvg::render(icon, place, &mut pixels.as_mut());
    };
    draw(&mut pixels, 1.0);
    if part < 1.0 {
        let ground = pixels.pixel(1, 1).ok_or("an icon has no corner")?;
        let ground = ground.demultiply();
        pixels.fill(resvg::tiny_skia::Color::from_rgba8(
            ground.red(),
            ground.green(),
            ground.blue(),
            ground.alpha(),
        ));
        draw(&mut pixels, part);
    }
    pixels.encode_png().map_err(|error| error.to_string())
}

/// An ICO file with one PNG of 32 × 32 in it.
fn ico(png: &[u8]) -> Result<Vec<u8>, Problem> {
    let length = u32::try_from(png.len()).map_err(|_| "favicon.ico grew too large")?;
    let mut bytes = vec![0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0];
    bytes.extend(length.to_le_bytes());
    bytes.extend(22_u32.to_le_bytes());
    bytes.extend(png);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\
        <path fill=\"#b5126b\" d=\"M0 0h64v64H0z\"/><path fill=\"#fff\" d=\"M2 2h60v60H2z\"/></svg>";

    #[test]
    fn a_maskable_icon_keeps_its_drawing_within_what_masks_leave() {
        let icon = usvg::Tree::from_str(ICON, &usvg::Options::default()).unwrap();
        let at = |part: f32, x: u32| {
            let pixels = Pixmap::decode_png(&draw(&icon, 100, part).unwrap()).unwrap();
            pixels.pixel(x, 50).unwrap().green()
        };
        assert_eq!((at(1.0, 10), at(SAFE, 10)), (255, 0x12));
        assert_eq!(at(SAFE, 50), 255);
    }

    #[test]
    fn a_favicon_says_where_its_picture_is() {
        let file = ico(b"\x89PNG").unwrap();
        assert_eq!(file.get(18..22), Some(22_u32.to_le_bytes().as_slice()));
        assert_eq!(file.get(22..), Some(b"\x89PNG".as_slice()));
    }
}
