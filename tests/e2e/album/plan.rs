//! What is photographed, and what each picture is called.

/// A window size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub phone: bool,
}

/// A small phone, the usual phone, a desk.
pub const SIZES: [Size; 3] = [
    Size {
        width: 360,
        height: 740,
        phone: true,
    },
    Size {
        width: 390,
        height: 844,
        phone: true,
    },
    Size {
        width: 1280,
        height: 800,
        phone: false,
    },
];

/// Colour schemes, in the words of CSS.
pub const SCHEMES: [&str; 2] = ["light", "dark"];

/// A step that was left with nothing filled in.
pub const FAULTS: &str = "-faults";
/// The page of a reservation, opened by its link.
pub const OPEN: &str = "-open";

/// Pages of no language, which the prerenderer's list leaves out.
pub const CROSSROADS: &str = "/";
pub const NOT_FOUND: &str = "/404.html";

/// What a page's pictures are called: `/es/reservar/noche/` is `es-reservar-noche`.
pub fn name_of(path: &str) -> String {
    let trimmed = path.trim_matches('/').trim_end_matches(".html");
    match trimmed {
        "" => "root".to_owned(),
        "es" | "en" => format!("{trimmed}-home"),
        other => other.replace('/', "-"),
    }
}

/// The file of one picture.
pub fn file_of(name: &str, size: Size, scheme: &str) -> String {
    format!("{name}-{}-{scheme}.png", size.width)
}

/// Every size with every scheme, as the columns of a sheet.
pub fn variants() -> impl Iterator<Item = (Size, &'static str)> {
    SIZES
        .into_iter()
        .flat_map(|size| SCHEMES.map(|scheme| (size, scheme)))
}

/// Every name a picture may have, in the order of the pages. Not each page has each state.
pub fn names(pages: &[String]) -> Vec<String> {
    let pages = pages.iter().map(String::as_str);
    [CROSSROADS, NOT_FOUND]
        .into_iter()
        .chain(pages)
        .flat_map(|path| ["", FAULTS, OPEN].map(|state| name_of(path) + state))
        .collect()
}
