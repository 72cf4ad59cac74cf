//! What a page says of itself to browsers, search engines and people it is shared with.

use std::fmt::Write as _;

use booking::Step;
use interno::content::Site;
use interno::content::library::Library;
use interno::i18n::Locale;
use interno::pages::fragment::TWIN;
use interno::pages::{book, manage, publication};
use interno::routes::{Address, Route};
use serde_json::Value;

use crate::assets::Assets;
use crate::feeds;
use crate::picture::{self, Picture};
use crate::styles::{self, Styles};

/// A page's head and, for a publication, its content.
pub struct Head {
    address: Address,
    locale: Locale,
    title: String,
    description: String,
    /// The content of a publication; empty for the app's own pages.
    pub html: String,
    json_ld: Vec<Value>,
    origin: String,
    picture: Option<Picture>,
    /// When the text was last reviewed, where it says so.
    pub updated: Option<String>,
}

impl Head {
    /// Gathers it.
    pub fn of(
        address: &Address,
        locale: Locale,
        library: &Library,
        origin: &str,
        picture: Option<&Picture>,
    ) -> Self {
        let origin = origin.to_owned();
        let words = &locale.messages().describe;
        let app_page = |title: String, description: &str| Self {
            address: address.clone(),
            locale,
            title,
            description: description.to_owned(),
            html: String::new(),
            json_ld: Vec::new(),
            origin: origin.clone(),
            picture: picture.cloned(),
            updated: None,
        };
        match address.route() {
            Route::Book(step) => app_page(book::title(step, locale, false), words.booking),
            Route::Manage => app_page(manage::title(locale, false), words.manage_page),
            _ => {
                let page = publication::render(library, address, locale);
                Self {
                    address: address.clone(),
                    locale,
                    title: page.title,
                    description: page.description,
                    html: page.html,
                    json_ld: page.json_ld,
                    origin,
                    picture: picture.cloned(),
                    updated: page.updated,
                }
            }
        }
    }

    /// The page's path in the other language, where the app cannot know it.
    pub fn twin(&self) -> Option<&str> {
        let is_dish = self.address.route() == Route::Dish;
        is_dish.then(|| self.address.path(self.locale.other()))
    }

    /// What the app finds in the page when it takes over.
    fn data(&self, site: &Site) -> Value {
        let mut data = site.to_json();
        if let (Some(twin), Value::Object(data)) = (self.twin(), &mut data) {
            data.insert(TWIN.to_owned(), twin.into());
        }
        data
    }

    /// The whole page.
    pub fn page(
        &self,
        template: &str,
        body: &str,
        styles: &Styles,
        site: &Site,
        assets: &Assets,
        frame: &str,
    ) -> String {
        // What is read is painted before the app may take a share of a thin connection.
        let route = self.address.route();
        let (app_page, priority) = match route {
            Route::Book(Step::Party) => (" data-app-page data-dressed", ""),
            _ if route.is_app() => (" data-app-page", ""),
            _ => ("", " fetchpriority=\"low\""),
        };
        let language = format!("<html lang=\"{}\">", self.locale);
        let open = format!("<body data-prerendered{app_page}>");
        // Renaming comes first: what visitors read must never be taken for a file's name.
        let sheet = format!("<link rel=\"stylesheet\" href=\"{}\">", styles::WHOLE);
        let template = assets.rename_in(&template.replace(&sheet, ""));
        let data = format!(
            "<script type=\"application/json\" id=\"page-data\">{}</script>",
            script_safe(&self.data(site))
        );
        let styles = styles.tags(body);
        let words = format!(
            "id=\"boot\"{priority} data-words=\"{}\"",
            self.locale.words_file()
        );
        template
            .replace("<html lang=\"es\">", &language)
            .replace("id=\"boot\"", &words)
            .replace("<title>INTERNO</title>", &(self.tags(assets) + frame))
            .replace("</head>", &[&styles, &data, "</head>"].concat())
            .replace("<body>", &open)
            .replace("<!--app-->", body)
    }

    fn tags(&self, assets: &Assets) -> String {
        let url = |locale: Locale| format!("{}{}", self.origin, self.address.path(locale));
        let here = url(self.locale);
        let mut tags = format!(
            "<title>{title}</title>\n\
             <meta name=\"description\" content=\"{description}\">\n\
             <link rel=\"canonical\" href=\"{here}\">\n",
            title = text(&self.title),
            description = attribute(&self.description),
        );
        for locale in Locale::ALL {
            let _ = writeln!(
                tags,
                "<link rel=\"alternate\" hreflang=\"{locale}\" href=\"{}\">",
                url(locale)
            );
        }
        let _ = writeln!(
            tags,
            "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}{}\">",
            self.origin,
            feeds::default_path(&self.address)
        );
        if !self.address.route().is_indexed() {
            tags += "<meta name=\"robots\" content=\"noindex\">\n";
        }
        for (property, content) in [
            ("og:type", "website"),
            ("og:site_name", "INTERNO"),
            ("og:title", &self.title),
            ("og:description", &self.description),
            ("og:url", &here),
            ("og:locale", &self.locale.tag().replace('-', "_")),
        ] {
            let _ = writeln!(
                tags,
                "<meta property=\"{property}\" content=\"{}\">",
                attribute(content)
            );
        }
        if let Some(picture) = &self.picture {
            tags += &share(&self.origin, picture);
        }
        if self.address.route().is_app() {
            tags += &early_requests(self.address.route(), assets);
        }
        for value in &self.json_ld {
            let picture = self.picture.as_ref().map_or("", |picture| &picture.url);
            let json = script_safe(value)
                .replace("{origin}", &self.origin)
                .replace("{picture}", picture);
            let _ = writeln!(tags, "<script type=\"application/ld+json\">{json}</script>");
        }
        tags
    }

    /// What client-side navigation fetches instead of the whole page.
    pub fn fragment_json(&self) -> String {
        let twin = self.twin().map(|path| (TWIN, path));
        let map: serde_json::Map<String, Value> = [("title", &*self.title), ("html", &*self.html)]
            .into_iter()
            .chain(twin)
            .map(|(name, text)| (name.to_owned(), text.into()))
            .collect();
        Value::Object(map).to_string()
    }
}

/// The picture that goes with a shared link.
pub fn share(origin: &str, picture: &Picture) -> String {
    let mut tags = String::new();
    for (property, content) in [
        ("og:image", format!("{origin}{}", picture.url)),
        ("og:image:width", picture::WIDTH.to_string()),
        ("og:image:height", picture::HEIGHT.to_string()),
        ("og:image:alt", picture.alt.clone()),
    ] {
        let _ = writeln!(
            tags,
            "<meta property=\"{property}\" content=\"{}\">",
            attribute(&content)
        );
    }
    tags + "<meta name=\"twitter:card\" content=\"summary_large_image\">\n"
}

/// The part of the program that others need, too.
const FIRST_PART: &str = "booking";

/// A booking page asks for its app and its settings side by side, not one after the other.
fn early_requests(route: Route, assets: &Assets) -> String {
    let mut tags = format!(
        "<link rel=\"modulepreload\" fetchpriority=\"low\" href=\"{}\">\n\
         <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{}\">\n",
        assets.url("/interno.js"),
        assets.url("/interno_bg.wasm"),
    );
    let part = interno::app::part_of(route).unwrap_or(FIRST_PART);
    let others = [FIRST_PART, "common", part];
    let wanted = if part == FIRST_PART { 2.. } else { 0.. };
    for part in others.get(wanted).unwrap_or_default() {
        let _ = writeln!(
            tags,
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{}\">",
            assets.url(&["/interno_", *part, ".wasm"].concat()),
        );
    }
    if matches!(route, Route::Status) || matches!(route, Route::Book(step) if step != Step::Done) {
        tags += "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/config.json\">\n";
    }
    tags
}

/// Text for between tags.
pub fn text(raw: &str) -> String {
    raw.replace('&', "&amp;").replace('<', "&lt;")
}

/// Text for inside a quoted attribute.
pub fn attribute(raw: &str) -> String {
    text(raw).replace('"', "&quot;")
}

/// JSON that cannot end the script element it stands in.
fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
