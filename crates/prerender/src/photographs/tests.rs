//! Photographs made on the spot, developed as a build would.

use std::path::PathBuf;

use image::{ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

/// A copy of the real content, with a folder for the cache and one for the site.
struct Place {
    folder: PathBuf,
}

impl Place {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("photographs-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let content = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content"));
        copy(content, &folder.join("content"));
        fs::create_dir_all(folder.join("content/images")).unwrap();
        Self { folder }
    }

    fn photograph(&self, file: &str, bytes: &[u8]) {
        fs::write(self.folder.join("content/images").join(file), bytes).unwrap();
        let row = format!(
            "[[image]]\nfile = \"{file}\"\nalt = {{ es = \"El patio\", en = \"The patio\" }}\n\
             credit = \"A & B\"\npage = \"home\"\nplace = \"table\"\n"
        );
        fs::write(self.folder.join("content/images.toml"), row).unwrap();
    }

    fn library(&self) -> Library {
        Library::load(&self.folder.join("content")).unwrap()
    }

    fn develop(&self) -> Result<BTreeMap<String, Developed>, Problem> {
        let cache = Cache::new(&self.folder.join("cache"));
        develop(&self.library(), &cache, &self.folder.join("site"))
    }

    fn read(&self, url: &str) -> Vec<u8> {
        fs::read(self.folder.join("site").join(url.trim_start_matches('/'))).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
}

/// As a phone writes it: lying on its side, with its note of how it was held.
fn held_upright(pixels: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"SECRET PLACE");
    encoder.set_exif_metadata(exif).unwrap();
    encoder
        .write_image(
            pixels,
            pixels.width(),
            pixels.height(),
            image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    bytes
}

#[test]
fn a_photograph_is_turned_upright_and_keeps_no_note_of_its_camera() {
    let place = Place::new("upright");
    let bytes = held_upright(&halves(64, 32));
    assert!(bytes.windows(6).any(|part| part == b"SECRET"));
    place.photograph("El patio.jpg", &bytes);
    let developed = place.develop().unwrap();
    let patio = developed.get("El patio").unwrap();
    assert_eq!((patio.width, patio.height), (32, 64));
    let kinds: Vec<_> = patio.forms.iter().map(|form| form.kind).collect();
    assert_eq!(kinds, ["image/avif", "image/webp", "image/jpeg"]);
    for form in &patio.forms {
        let (width, url) = form.files.first().unwrap();
        assert_eq!(*width, 32);
        assert!(url.starts_with("/assets/el-patio-"), "{url}");
        let bytes = place.read(url);
        assert!(!bytes.windows(6).any(|part| part == b"SECRET"), "{url}");
        assert!(!bytes.windows(4).any(|part| part == b"Exif"), "{url}");
    }
    let (_, url) = patio.forms.last().unwrap().files.first().unwrap();
    let upright = image::load_from_memory(&place.read(url))
        .unwrap()
        .into_rgb8();
    assert_eq!(upright.dimensions(), (32, 64));
    // Turned a quarter to the right, the left half is on top.
    assert!(upright.get_pixel(16, 4).0[0] > 150);
    assert!(upright.get_pixel(16, 60).0[2] > 150);
}

#[test]
fn widths_stop_at_the_photographs_own() {
    assert_eq!(widths(300), [300]);
    assert_eq!(widths(480), [480]);
    assert_eq!(widths(1000), [480, 960, 1000]);
    assert_eq!(widths(6000), [480, 960, 1600]);
}

#[test]
fn what_is_transparent_stays_so() {
    let place = Place::new("alpha");
    let mut bytes = Vec::new();
    RgbaImage::from_pixel(20, 10, Rgba([10, 200, 10, 0]))
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    place.photograph("sello.png", &bytes);
    let developed = place.develop().unwrap();
    let form = developed
        .get("sello")
        .unwrap()
        .forms
        .last()
        .unwrap()
        .clone();
    assert_eq!(form.kind, "image/png");
    let (_, url) = form.files.first().unwrap();
    let pixels = image::load_from_memory(&place.read(url))
        .unwrap()
        .into_rgba8();
    assert_eq!(pixels.get_pixel(3, 3).0[3], 0);
}

/// The profile phones of the widest-spread make write into their photographs: the primaries of Display P3 under
/// the daylight of print, as ICC wants them, and the curve of sRGB.
fn display_p3() -> Vec<u8> {
    const DATA: usize = 128 + 4 + 7 * 12;
    let fixed = |value: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "all values are below ten")]
        let value = (value * 65_536.0).round() as i32;
        value.to_be_bytes()
    };
    let number = |value: usize| u32::try_from(value).unwrap().to_be_bytes();
    let written = |kind: &[u8; 4], values: &[f64]| {
        let start = [kind.as_slice(), &[0; 4]].concat();
        let curve: &[u8] = if kind == b"para" { &[0, 3, 0, 0] } else { &[] };
        [
            start,
            curve.to_vec(),
            values.iter().copied().flat_map(fixed).collect(),
        ]
        .concat()
    };
    let (mut tags, mut data) = (number(7).to_vec(), Vec::new());
    for (name, values) in [
        (b"wtpt", [0.9642, 1.0, 0.8249]),
        (b"rXYZ", [0.515_12, 0.2412, -0.001_05]),
        (b"gXYZ", [0.291_98, 0.692_25, 0.041_89]),
        (b"bXYZ", [0.1571, 0.066_57, 0.784_07]),
    ] {
        let value = written(b"XYZ ", &values);
        tags.extend([name.to_vec(), number(DATA + data.len()).to_vec()].concat());
        tags.extend(number(value.len()));
        data.extend(value);
    }
    let curve = written(
        b"para",
        &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45],
    );
    for name in [b"rTRC", b"gTRC", b"bTRC"] {
        tags.extend([name.to_vec(), number(DATA + data.len()).to_vec()].concat());
        tags.extend(number(curve.len()));
    }
    data.extend(curve);
    let mut head = vec![0; 128];
    head[..4].copy_from_slice(&number(DATA + data.len()));
    head[8] = 4;
    head[12..24].copy_from_slice(b"mntrRGB XYZ ");
    head[36..40].copy_from_slice(b"acsp");
    head[68..80].copy_from_slice(&[0.9642, 1.0, 0.8249].map(fixed).concat());
    [head, tags, data].concat()
}

#[test]
fn a_phone_s_wide_colours_become_those_of_the_web() {
    let place = Place::new("p3");
    // What Display P3 calls a colour, and what sRGB calls the same one; the reddest red it does not know.
    let colours = [
        ([200, 70, 60], [217, 56, 51]),
        ([190, 90, 80], [205, 82, 75]),
        ([255, 0, 0], [255, 0, 0]),
        ([128, 128, 128], [128, 128, 128]),
    ];
    let pixels = RgbaImage::from_fn(4, 1, |x, _| {
        let [r, g, b] = colours[x as usize].0;
        Rgba([r, g, b, 255])
    });
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(display_p3()).unwrap();
    encoder
        .write_image(&pixels, 4, 1, image::ExtendedColorType::Rgba8)
        .unwrap();
    place.photograph("patio.png", &bytes);
    let developed = place.develop().unwrap();
    let form = developed.get("patio").unwrap().forms.last().unwrap();
    let (_, url) = form.files.first().unwrap();
    let bytes = place.read(url);
    assert!(!bytes.windows(4).any(|part| part == b"iCCP"), "{url}");
    let web = image::load_from_memory(&bytes).unwrap().into_rgb8();
    for (pixel, (wide, expected)) in web.pixels().zip(colours) {
        let far = pixel
            .0
            .iter()
            .zip(expected)
            .any(|(is, to)| is.abs_diff(to) > 2);
        assert!(!far, "{wide:?} became {:?}, not {expected:?}", pixel.0);
    }
}

#[test]
fn an_unreadable_picture_is_told_with_file_and_line() {
    let place = Place::new("unreadable");
    place.photograph("patio.jpg", b"no picture at all");
    let problem = place.develop().unwrap_err();
    assert!(problem.contains("content/images.toml:1: "), "{problem}");
    assert!(problem.contains("cannot be read"), "{problem}");
}

#[test]
fn what_was_developed_once_is_taken_from_the_cache() {
    let place = Place::new("cache");
    place.photograph("patio.jpg", &held_upright(&halves(16, 8)));
    let first = place.develop().unwrap();
    let cache = place.folder.join("cache");
    let files: Vec<_> = fs::read_dir(&cache).unwrap().flatten().collect();
    assert_eq!(files.len(), 3);
    for file in files {
        fs::write(file.path(), b"kept").unwrap();
    }
    let again = place.develop().unwrap();
    let (_, url) = again.get("patio").unwrap().forms[0].files.first().unwrap();
    assert_eq!(place.read(url), b"kept");
    assert_ne!(first, again);
}

#[test]
fn a_page_shows_it_in_every_form_and_only_below_its_opening() {
    let place = Place::new("page");
    let mut bytes = Vec::new();
    halves(600, 20)
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    place.photograph("patio.png", &bytes);
    let mut library = place.library();
    let render = |library: &Library| {
        let (route, locale) = (interno::routes::Route::Home, interno::i18n::Locale::Es);
        interno::pages::publication::render(library, route, locale).html
    };
    assert!(!render(&library).contains("<picture>"));
    library.hang(place.develop().unwrap());
    let html = render(&library);
    assert_eq!(html.matches("<picture>").count(), 1);
    for said in [
        "<source type=\"image/avif\" srcset=\"/assets/patio-",
        "<source type=\"image/webp\"",
        " 480w, /assets/",
        " 600w\"",
        "width=\"600\" height=\"20\"",
        "alt=\"El patio\"",
        "loading=\"lazy\" decoding=\"async\"",
        "Foto: A &amp; B.",
    ] {
        assert!(html.contains(said), "{said} is missing");
    }
}
