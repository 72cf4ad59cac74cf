//! `_headers`: what every answer of the site carries. Static hosts and our own server read the same file.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use booking::Failure;
use interno::reservations::Config;
use sha2::{Digest, Sha256};

use crate::Problem;
use crate::site;

/// What they say, with places for what differs: the styles in the pages, where the API is, and whether there
/// is HTTPS.
const TEMPLATE: &str = include_str!("headers.txt");

/// A year. Not for other hosts below this one: they may be anybody's.
const TRANSPORT: &str = "Strict-Transport-Security: max-age=31536000";

/// Writes `_headers` for a finished folder with these style sheets in its pages.
pub fn write<'a>(
    out: &Path,
    origin: &str,
    inline: impl Iterator<Item = &'a str>,
) -> Result<(), Problem> {
    let base64 = base64::engine::general_purpose::STANDARD;
    let styles = inline.fold("'self'".to_owned(), |sources, css| {
        sources + " 'sha256-" + &base64.encode(Sha256::digest(css)) + "'"
    });
    // Browsers would not believe it of a site without HTTPS.
    let transport = if origin.starts_with("https://") {
        TRANSPORT
    } else {
        "# No Strict-Transport-Security: the site was built for an address without HTTPS."
    };
    let connect = connect_sources(api_origin(out)?.as_deref());
    let text = TEMPLATE
        .replace("{styles}", &styles)
        .replace("{connect}", &connect)
        .replace("{transport}", transport);
    site::write(&out.join("_headers"), &text)
}

/// Writes `_headers` again with the API that `config.json` names now.
pub fn rewrite(out: &Path) -> Result<(), Problem> {
    let path = out.join("_headers");
    let text = fs::read_to_string(&path).map_err(|_| {
        format!(
            "{} is missing: run `cargo xtask build` first.",
            path.display()
        )
    })?;
    let api = api_origin(out)?;
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.split_once("connect-src ") {
            Some((before, after)) => {
                let rest = after.split_once(';').map_or("", |(_, rest)| rest);
                format!(
                    "{before}connect-src {};{rest}",
                    connect_sources(api.as_deref())
                )
            }
            None => line.to_owned(),
        })
        .collect();
    site::write(&path, &(lines.join("\n") + "\n"))
}

fn connect_sources(api: Option<&str>) -> String {
    api.map_or_else(|| "'self'".to_owned(), |origin| format!("'self' {origin}"))
}

/// The origin of the API in `config.json`; `None` when it is the site's own.
fn api_origin(out: &Path) -> Result<Option<String>, Problem> {
    let path = out.join("config.json");
    let said = |what: String| format!("{}: {what}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| said(error.to_string()))?;
    // In the words that the app would have for it, before a visitor meets them.
    let base = Config::read(&text).and_then(|config| {
        let base = config.base_url.clone();
        config.check(false).map(|()| base)
    });
    let base = &base.map_err(|why| match why {
        Failure::Misconfigured(words) => said(words),
        why => said(format!("{why:?}")),
    })?;
    if base.starts_with('/') && !base.starts_with("//") {
        return Ok(None);
    }
    let (scheme, rest) = base
        .split_once("://")
        .filter(|(scheme, _)| matches!(*scheme, "https" | "http"))
        .ok_or_else(|| {
            said(format!(
                "baseUrl {base} is neither a path nor an http address"
            ))
        })?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.contains([' ', ';', '\'', '"', ',', '@']) {
        return Err(said(format!("baseUrl {base} names no host")));
    }
    Ok(Some(format!("{scheme}://{host}")))
}

#[cfg(test)]
#[path = "../../../tests/headers/observatory.rs"]
mod observatory;

#[cfg(test)]
mod tests {
    use super::*;
    use observatory::{grade, points};

    fn folder(name: &str, base_url: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("headers-{}-{name}", std::process::id()));
        let config = format!(
            r#"{{"reservations":{{"provider":"native","baseUrl":"{base_url}","venueId":"v"}}}}"#
        );
        site::write(&folder.join("config.json"), &config).unwrap();
        folder
    }

    #[test]
    fn the_policy_allows_no_inline_script_and_no_foreign_origin() {
        let folder = folder("own", "/api/v1");
        write(
            &folder,
            "https://interno.example",
            ["a{}", "b{}"].into_iter(),
        )
        .unwrap();
        let text = fs::read_to_string(folder.join("_headers")).unwrap();
        assert!(text.contains("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(text.contains("connect-src 'self';"));
        assert!(!text.contains("unsafe-inline"));
        fs::remove_dir_all(folder).unwrap();
    }

    fn graded(origin: &str) -> (i32, &'static str) {
        let folder = folder(&["graded", &origin.replace('/', "-")].concat(), "/api/v1");
        write(&folder, origin, ["a{}", "b{}"].into_iter()).unwrap();
        let text = fs::read_to_string(folder.join("_headers")).unwrap();
        let every_page = text.split("\n/").nth(1).unwrap();
        let points = points(|name| {
            every_page.lines().find_map(|line| {
                let (found, value) = line.trim().split_once(": ")?;
                found.eq_ignore_ascii_case(name).then_some(value)
            })
        });
        fs::remove_dir_all(folder).unwrap();
        (points, grade(points))
    }

    #[test]
    fn a_static_host_gets_the_best_grade_with_https() {
        // 100, and 10 for a policy that begins with nothing, 5 for who is told where one comes from, 5 for
        // frames, 10 for what other sites may embed. A list in browsers and hashes of scripts would give 10.
        assert_eq!(graded("https://interno.example"), (130, "A+"));
        // 20 less, and then nothing on top.
        assert_eq!(graded("http://interno.example"), (80, "B+"));
    }

    #[test]
    fn nothing_becomes_html_unseen() {
        let script = include_str!("../../../public/boot.js");
        let policy = TEMPLATE
            .lines()
            .find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "))
            .unwrap();
        let names = observatory::sources(policy, "trusted-types").unwrap();
        assert_eq!(names, ["default", "inert"]);
        for name in names {
            assert!(
                script.contains(&format!("createPolicy(\"{name}\"")),
                "{name}"
            );
        }
        let wanted = observatory::sources(policy, "require-trusted-types-for");
        assert_eq!(wanted.unwrap(), ["'script'"]);
    }

    #[test]
    fn another_server_is_allowed_after_headers_and_only_that_one() {
        let folder = folder("other", "/api/v1");
        write(
            &folder,
            "https://interno.example",
            ["a{}", "b{}"].into_iter(),
        )
        .unwrap();
        let config = r#"{"reservations":{"provider":"octo","baseUrl":"https://api.example.org:8443/v1","venueId":"p"}}"#;
        fs::write(folder.join("config.json"), config).unwrap();
        rewrite(&folder).unwrap();
        let text = fs::read_to_string(folder.join("_headers")).unwrap();
        assert!(text.contains("connect-src 'self' https://api.example.org:8443; manifest-src"));
        assert!(text.contains("'sha256-"));
        // Cal.com has a home of its own, which the file need not name.
        let config =
            r#"{"reservations":{"provider":"calcom","eventTypeId":7,"partyField":"people"}}"#;
        fs::write(folder.join("config.json"), config).unwrap();
        rewrite(&folder).unwrap();
        let text = fs::read_to_string(folder.join("_headers")).unwrap();
        assert!(text.contains("connect-src 'self' https://api.cal.com; manifest-src"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_with_a_key_in_it_is_not_published() {
        let folder = folder("key", "/api/v1");
        let config =
            r#"{"reservations":{"provider":"octo","baseUrl":"/octo","venueId":"p","apiKey":"x"}}"#;
        fs::write(folder.join("config.json"), config).unwrap();
        let told = write(&folder, "http://127.0.0.1", std::iter::empty()).unwrap_err();
        assert!(told.contains("apiKey must not be here"), "{told}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_address_that_would_break_the_policy_is_refused() {
        for base in [
            "//evil.example",
            "https://a b/",
            "https://x;script-src *",
            "ftp://x/",
        ] {
            let folder = folder("bad", base);
            assert!(
                write(
                    &folder,
                    "https://interno.example",
                    ["a{}", "b{}"].into_iter()
                )
                .is_err(),
                "{base}"
            );
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
