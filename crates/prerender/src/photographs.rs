//! The venue's photographs, in the forms and widths browsers choose from.
//!
//! Nothing of the camera survives: what is written is made of pixels alone, turned the way the camera
//! was held and brought from its colours to the web's.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::codecs::avif::AvifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use interno::content::library::{Developed, Form, Library, Photograph};

use crate::cache::Cache;
use crate::{Problem, assets, site};

/// Phones, phones held close and tablets, large screens.
const WIDTHS: [u32; 3] = [480, 960, 1600];
const JPEG_QUALITY: u8 = 78;
const WEBP_QUALITY: f32 = 74.0;
/// Speed and quality. Slower ones cost minutes for a large photograph, and buy few bytes.
const AVIF: (u8, u8) = (8, 62);

/// What changes a file beside its photograph.
const RECIPE: [&[u8]; 2] = [
    include_bytes!("photographs.rs"),
    include_bytes!("../Cargo.toml"),
];

/// A form to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Avif,
    Webp,
    Jpeg,
    /// Instead of JPEG where parts are transparent.
    Png,
}

impl Kind {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Avif => ("image/avif", "avif"),
            Self::Webp => ("image/webp", "webp"),
            Self::Jpeg => ("image/jpeg", "jpg"),
            Self::Png => ("image/png", "png"),
        }
    }
}

/// Develops every photograph of the library into `out`; what the cache holds is not made again.
pub fn develop(
    library: &Library,
    cache: &Cache,
    out: &Path,
) -> Result<BTreeMap<String, Developed>, Problem> {
    let mut developed = BTreeMap::new();
    let mut problems = Vec::new();
    for photograph in library.photographs() {
        match Negative::open(photograph).and_then(|negative| negative.develop(cache, out)) {
            Ok(done) => {
                developed.insert(photograph.name.clone(), done);
            }
            Err(message) => problems.push(photograph.problem(&message).to_string()),
        }
    }
    if problems.is_empty() {
        Ok(developed)
    } else {
        Err(problems.join("\n"))
    }
}

/// A photograph's file, whose pixels are read only when something has to be made of them.
struct Negative<'p> {
    photograph: &'p Photograph,
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    has_alpha: bool,
    pixels: OnceCell<DynamicImage>,
    /// The widths to be written, each resized once for all its forms.
    small: BTreeMap<u32, OnceCell<DynamicImage>>,
}

impl<'p> Negative<'p> {
    fn open(photograph: &'p Photograph) -> Result<Self, Problem> {
        let bytes = fs::read(&photograph.path).map_err(|error| error.to_string())?;
        let mut decoder = decoder(&bytes)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let (width, height) = decoder.dimensions();
        let has_alpha = decoder.color_type().has_alpha();
        drop(decoder);
        let lies = matches!(
            orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (width, height) = if lies {
            (height, width)
        } else {
            (width, height)
        };
        Ok(Self {
            photograph,
            bytes,
            width,
            height,
            has_alpha,
            pixels: OnceCell::new(),
            small: widths(width)
                .into_iter()
                .map(|width| (width, OnceCell::new()))
                .collect(),
        })
    }

    /// The pixels, upright and in the colours of the web.
    fn pixels(&self) -> Result<&DynamicImage, Problem> {
        if let Some(pixels) = self.pixels.get() {
            return Ok(pixels);
        }
        let mut decoder = decoder(&self.bytes)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().ok().flatten();
        let mut pixels = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
        pixels.apply_orientation(orientation);
        let pixels = if self.has_alpha {
            DynamicImage::ImageRgba8(pixels.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(pixels.into_rgb8())
        };
        let pixels = match profile {
            Some(profile) => in_web_colours(pixels, &profile),
            None => pixels,
        };
        Ok(self.pixels.get_or_init(|| pixels))
    }

    fn develop(&self, cache: &Cache, out: &Path) -> Result<Developed, Problem> {
        let last = if self.has_alpha {
            Kind::Png
        } else {
            Kind::Jpeg
        };
        let mut forms = Vec::new();
        for kind in [Kind::Avif, Kind::Webp, last] {
            let (mime, ending) = kind.names();
            let mut files = Vec::new();
            for width in self.small.keys() {
                let note = format!("{ending} {width}");
                let [code, versions] = RECIPE;
                let parts = [code, versions, note.as_bytes(), self.bytes.as_slice()];
                let bytes = cache.get(&parts, || self.print(kind, *width))?;
                let name = format!("{}.{ending}", assets::plain_name(&self.photograph.name));
                let url = assets::hashed_name(&name, &bytes);
                site::write_bytes(&out.join(url.trim_start_matches('/')), &bytes)?;
                files.push((*width, url));
            }
            forms.push(Form { kind: mime, files });
        }
        let width = self.small.keys().last().copied().unwrap_or(self.width);
        Ok(Developed {
            width,
            height: self.tall(width),
            forms,
        })
    }

    /// The height at a width.
    fn tall(&self, width: u32) -> u32 {
        let tall = u64::from(self.height) * u64::from(width) / u64::from(self.width.max(1));
        u32::try_from(tall).unwrap_or(u32::MAX).max(1)
    }

    fn print(&self, kind: Kind, width: u32) -> Result<Vec<u8>, Problem> {
        let pixels = self.pixels()?;
        let fresh = OnceCell::new();
        let small = self
            .small
            .get(&width)
            .unwrap_or(&fresh)
            .get_or_init(|| pixels.resize_exact(width, self.tall(width), FilterType::Lanczos3));
        let mut bytes = Vec::new();
        match kind {
            Kind::Avif => {
                let (speed, quality) = AVIF;
                let encoder = AvifEncoder::new_with_speed_quality(&mut bytes, speed, quality);
                small.write_with_encoder(encoder).map_err(unreadable)?;
            }
            Kind::Webp => {
                let layout = if self.has_alpha {
                    webp::PixelLayout::Rgba
                } else {
                    webp::PixelLayout::Rgb
                };
                let encoder =
                    webp::Encoder::new(small.as_bytes(), layout, small.width(), small.height());
                let file = encoder
                    .encode_simple(false, WEBP_QUALITY)
                    .map_err(|error| format!("WebP: {error:?}"))?;
                bytes.extend_from_slice(&file);
            }
            Kind::Jpeg => {
                let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
                small.write_with_encoder(encoder).map_err(unreadable)?;
            }
            Kind::Png => small
                .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
                .map_err(unreadable)?,
        }
        Ok(bytes)
    }
}

fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Problem> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    reader.into_decoder().map_err(unreadable)
}

fn unreadable(error: image::ImageError) -> Problem {
    format!("the picture cannot be read: {error}")
}

/// The widths a photograph is written in; none wider than itself.
fn widths(own: u32) -> Vec<u32> {
    let largest = own.min(WIDTHS.iter().copied().max().unwrap_or(own));
    let smaller = WIDTHS.into_iter().filter(|width| *width < largest);
    smaller.chain([largest]).collect()
}

/// Phones photograph in wider colours than files without a profile are shown in. A profile nobody
/// understands is as none.
fn in_web_colours(pixels: DynamicImage, profile: &[u8]) -> DynamicImage {
    use moxcms::{ColorProfile, Layout, TransformOptions};
    let layout = if pixels.color().has_alpha() {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    let transform = ColorProfile::new_from_slice(profile).and_then(|from| {
        from.create_transform_8bit(
            layout,
            &ColorProfile::new_srgb(),
            layout,
            TransformOptions::default(),
        )
    });
    let Ok(transform) = transform else {
        return pixels;
    };
    let mut web = pixels.clone();
    let done = match &mut web {
        DynamicImage::ImageRgb8(to) => transform.transform(pixels.as_bytes(), to),
        DynamicImage::ImageRgba8(to) => transform.transform(pixels.as_bytes(), to),
        _ => return pixels,
    };
    if done.is_ok() { web } else { pixels }
}

#[cfg(test)]
mod tests;
