//! Renders every page of the site to HTML at build time.
//!
//! `site` takes Trunk's output as the template and writes the finished folder:
//! one HTML file a page, assets named by their bytes, compressed copies, the
//! sitemap and the headers. `headers` writes `_headers` again after
//! `config.json` was pointed at another server. `offline-off` takes the service worker off every
//! phone, `offline-on` brings it back.

mod assets;
mod cache;
mod colours;
mod compress;
mod feeds;
mod head;
mod headers;
mod icons;
mod manifest;
mod offline;
mod photographs;
mod picture;
mod plain;
mod render;
mod site;
mod styles;

use std::path::PathBuf;
use std::process::ExitCode;

/// What went wrong, in words for whoever builds the site.
pub type Problem = String;

/// Where things are and where the site will live.
pub struct Settings {
    /// Trunk's output.
    pub template: PathBuf,
    /// What editors write.
    pub content: PathBuf,
    /// The style sheets' folder.
    pub style: PathBuf,
    /// Where pictures are kept from one build to the next.
    pub cache: PathBuf,
    /// Where the finished site goes.
    pub out: PathBuf,
    /// The site's address, such as `https://example.org`, without a closing slash.
    pub origin: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Problem> {
    let (command, settings) = read_arguments().map_err(|error| error.to_string())?;
    match command.as_deref() {
        Some("site") if valid_origin(&settings.origin) => site::build(&settings),
        Some("site") => Err(
            "--origin wants the site's address, such as https://example.org, without a path."
                .to_owned(),
        ),
        Some("headers") => headers::rewrite(&settings.out),
        Some("offline-on") => offline::switch(&settings.out, true),
        Some("offline-off") => offline::switch(&settings.out, false),
        _ => Err(
            "Usage: prerender site --origin URL | headers | offline-on | offline-off".to_owned(),
        ),
    }
}

fn read_arguments() -> Result<(Option<String>, Settings), lexopt::Error> {
    use lexopt::prelude::{Long, Value};
    let mut args = lexopt::Parser::from_env();
    let mut command = None;
    let mut settings = Settings {
        template: PathBuf::from("target/trunk"),
        content: PathBuf::from("content"),
        style: PathBuf::from("style"),
        cache: PathBuf::from("target/pictures"),
        out: PathBuf::from("dist"),
        origin: String::new(),
    };
    while let Some(arg) = args.next()? {
        match arg {
            Value(word) if command.is_none() => {
                command = Some(word.to_string_lossy().into_owned());
            }
            Long("template") => settings.template = args.value()?.into(),
            Long("content") => settings.content = args.value()?.into(),
            Long("style") => settings.style = args.value()?.into(),
            Long("cache") => settings.cache = args.value()?.into(),
            Long("out") => settings.out = args.value()?.into(),
            Long("origin") => {
                let origin = args.value()?.to_string_lossy().into_owned();
                origin
                    .trim_end_matches('/')
                    .clone_into(&mut settings.origin);
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok((command, settings))
}

fn valid_origin(origin: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .find_map(|scheme| origin.strip_prefix(scheme))
        .is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '"', '<', ' ']))
}
