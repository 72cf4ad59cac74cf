//! The finished static site, served the way a static host would: files, their precompressed
//! copies, `404.html`, and the headers that `_headers` says.
//!
//! `_headers` is the single source of the site's security and caching headers, here as on any static
//! host; this server adds only what the file cannot know: where the reservation API is.

mod csp;
mod rules;
/// The site's own, so that both refuse the same.
#[path = "../../../../src/reservations/secret.rs"]
mod secret;

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri, header};
use axum::routing::{MethodRouter, any_service};
use tower::{ServiceExt, service_fn};
use tower_http::services::{ServeDir, ServeFile};

use rules::HeaderRules;

/// A name that carries a hash of its content never means other content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else may be kept, and is asked for again.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Hexadecimal digits that make a part of a name a hash.
const HASH_DIGITS: usize = 8;

/// A folder with a finished site.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    rules: HeaderRules,
}

impl Site {
    /// Reads the folder's `_headers` and `config.json`.
    ///
    /// # Errors
    /// One sentence, if there is no such folder or a file in it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!(
                "the site's folder {} does not exist",
                folder.display()
            ));
        }
        let mut rules = HeaderRules::default();
        if let Some(text) = read(&folder.join("_headers"))? {
            rules = HeaderRules::parse(&text)
                .map_err(|error| format!("{}: {error}", folder.join("_headers").display()))?;
        } else {
            tracing::warn!(
                "the site has no _headers: it is served without a Content-Security-Policy"
            );
        }
        if let Some(text) = read(&folder.join("config.json"))? {
            let origin = csp::api_origin(&text)
                .map_err(|error| format!("{}: {error}", folder.join("config.json").display()))?;
            rules.rewrite(&header::CONTENT_SECURITY_POLICY, |policy| {
                csp::with_connect(policy, origin.as_deref())
            });
        }
        Ok(Self {
            folder: folder.to_path_buf(),
            rules,
        })
    }

    /// What it says of HTTPS at every path; nothing, if it was built for an address without.
    pub fn transport(&self) -> Option<HeaderValue> {
        let mut headers = HeaderMap::new();
        self.rules.apply("/", &mut headers);
        headers.remove(header::STRICT_TRANSPORT_SECURITY)
    }

    /// The service that answers for every path the API does not take.
    pub fn into_service(self) -> MethodRouter {
        let missing = ServeFile::new(self.folder.join("404.html"))
            .precompressed_br()
            .precompressed_gzip();
        let files = ServeDir::new(&self.folder)
            .precompressed_br()
            .precompressed_gzip()
            .not_found_service(missing);
        let rules = Arc::new(self.rules);
        any_service(service_fn(move |request: Request<Body>| {
            let (files, rules) = (files.clone(), Arc::clone(&rules));
            async move {
                let path = request.uri().path().to_owned();
                let Ok(answer) = files.oneshot(hide(request)).await;
                Ok::<_, Infallible>(finish(answer.map(Body::new), &path, &rules))
            }
        }))
    }
}

fn read(path: &Path) -> Result<Option<String>, String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read {}: {error}", path.display())),
    }
}

/// Sends requests for files that are instructions to a host, and for hidden ones, to a path that
/// cannot exist.
fn hide(mut request: Request<Body>) -> Request<Body> {
    let decoded = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let hidden = decoded.split(['/', '\\']).any(|part| {
        let instruction = ["_headers", "_redirects"]
            .iter()
            .any(|name| part.starts_with(name));
        instruction || (part.starts_with('.') && part != ".well-known")
    });
    if hidden {
        *request.uri_mut() = Uri::from_static("/.hidden/");
    }
    request
}

fn finish(mut answer: Response<Body>, path: &str, rules: &HeaderRules) -> Response<Body> {
    if answer.status() == StatusCode::TEMPORARY_REDIRECT {
        // A folder's address has one form; browsers and search engines may remember which.
        *answer.status_mut() = StatusCode::PERMANENT_REDIRECT;
        same_site(answer.headers_mut());
    }
    name_charset(answer.headers_mut());
    let error = answer.status().is_client_error() || answer.status().is_server_error();
    let headers = answer.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CACHE_CONTROL,
        if hashed(path) { FOREVER } else { REVALIDATE },
    );
    rules.apply(path, headers);
    if error {
        // What is missing today may be there after the next build.
        headers.insert(header::CACHE_CONTROL, REVALIDATE);
    }
    answer
}

/// `//host` would lead to another site.
fn same_site(headers: &mut HeaderMap) {
    let Some(location) = headers
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
    else {
        return;
    };
    let local = format!("/{}", location.trim_start_matches(['/', '\\']));
    if let Ok(value) = HeaderValue::try_from(local) {
        headers.insert(header::LOCATION, value);
    }
}

fn name_charset(headers: &mut HeaderMap) {
    let Some(kind) = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return;
    };
    if kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(value) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
}

/// Whether a path under `/assets/` has a hash in its file name, such as `app-3f9c02ab_bg.wasm`.
fn hashed(path: &str) -> bool {
    let name = path
        .strip_prefix("/assets/")
        .and_then(|rest| rest.rsplit('/').next())
        .unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= HASH_DIGITS
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

/// A header a rule can name.
type Header = (HeaderName, HeaderValue);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_last_forever() {
        assert!(hashed("/assets/interno-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(hashed("/assets/img/hero-640.3fa9c1d2.avif"));
        assert!(!hashed("/assets/logo.svg"));
        assert!(!hashed("/assets/facade.svg"));
        assert!(!hashed("/interno-1a2b3c4d5e6f7a8b.js"));
    }

    #[test]
    fn instructions_and_hidden_files_are_not_there() {
        for path in [
            "/_headers",
            "/%5Fheaders",
            "/_headers.br",
            "/.git/config",
            "/x/%2e%2e/y",
            "/_redirects",
        ] {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            assert_eq!(hide(request).uri(), "/.hidden/", "{path}");
        }
        for path in ["/.well-known/security.txt", "/es/", "/x_headers"] {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            assert_eq!(hide(request).uri(), path);
        }
    }
}
