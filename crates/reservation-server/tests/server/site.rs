//! The static site beside the API.

use std::fs;
use std::path::PathBuf;

use reqwest::{Method, Response};

use crate::harness::{House, open};

const HEADERS: &str = "\
# the site's headers
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self' https://old.example
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/es/*
  X-Language: es

/sw.js
  Cache-Control: max-age=0, must-revalidate
";

async fn site() -> House {
    let mut house = open().await;
    house.stop().await;
    let dist = dist(&house);
    fs::create_dir_all(dist.join("es/menu")).unwrap();
    fs::create_dir_all(dist.join("assets")).unwrap();
    let files = [
        ("_headers", HEADERS),
        (
            "config.json",
            r#"{"reservations":{"provider":"native","baseUrl":"https://api.example.com/api/v1","venueId":"interno"}}"#,
        ),
        ("index.html", "<!doctype html>home"),
        ("index.html.br", "brotli home"),
        ("index.html.gz", "gzip home"),
        ("404.html", "<!doctype html>nothing"),
        ("404.html.br", "brotli nothing"),
        ("es/menu/index.html", "<!doctype html>menú"),
        ("assets/interno-1a2b3c4d5e6f7a8b_bg.wasm", "wasm"),
        ("assets/font.woff2", "font"),
        ("assets/logo.svg", "<svg/>"),
        ("app.webmanifest", "{}"),
        ("sitemap.xml", "<x/>"),
        ("sw.js", "//"),
        (".secret", "secret"),
    ];
    for (name, text) in files {
        fs::write(dist.join(name), text).unwrap();
    }
    house.start(Some(&dist)).await;
    house
}

fn dist(house: &House) -> PathBuf {
    house.folder.path().join("dist")
}

async fn get(house: &House, path: &str) -> Response {
    house
        .client
        .get(format!("{}{path}", house.base))
        .send()
        .await
        .unwrap()
}

fn header(response: &Response, name: &str) -> String {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_have_their_types_and_copies() {
    let house = site().await;
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/es/menu/", "text/html; charset=utf-8"),
        (
            "/assets/interno-1a2b3c4d5e6f7a8b_bg.wasm",
            "application/wasm",
        ),
        ("/assets/font.woff2", "font/woff2"),
        ("/assets/logo.svg", "image/svg+xml"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/sitemap.xml", "text/xml; charset=utf-8"),
        ("/config.json", "application/json"),
        ("/sw.js", "text/javascript; charset=utf-8"),
    ] {
        let response = get(&house, path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "content-type"), kind, "{path}");
        assert!(header(&response, "vary").contains("accept-encoding"));
    }
    for (accept, encoding, text) in [
        ("br, gzip", "br", "brotli home"),
        ("gzip", "gzip", "gzip home"),
        ("identity", "", "<!doctype html>home"),
    ] {
        let response = house
            .client
            .get(format!("{}/", house.base))
            .header("accept-encoding", accept)
            .send()
            .await
            .unwrap();
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(
            header(&response, "content-type"),
            "text/html; charset=utf-8"
        );
        assert_eq!(response.text().await.unwrap(), text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_come_from_one_file_and_fit_the_api() {
    let house = site().await;
    for path in ["/", "/es/menu", "/nothing", "/assets/logo.svg"] {
        let response = get(&house, path).await;
        assert_eq!(
            header(&response, "content-security-policy"),
            "default-src 'none'; script-src 'self'; connect-src 'self' https://api.example.com"
        );
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        assert_eq!(
            header(&response, "x-language"),
            if path.starts_with("/es/") { "es" } else { "" }
        );
    }
    for (path, cache) in [
        ("/", "no-cache"),
        (
            "/assets/interno-1a2b3c4d5e6f7a8b_bg.wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/assets/gone-1a2b3c4d5e6f7a8b.js", "no-cache"),
        ("/assets/logo.svg", "no-cache"),
        ("/sw.js", "max-age=0, must-revalidate"),
    ] {
        assert_eq!(
            header(&get(&house, path).await, "cache-control"),
            cache,
            "{path}"
        );
    }
    let api = get(&house, "/api/v1/health").await;
    assert_eq!(
        header(&api, "content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_have_one_address() {
    let house = site().await;
    for (path, location) in [
        ("/es/menu", "/es/menu/"),
        ("/es/menu?a=1&b=2", "/es/menu/?a=1&b=2"),
        ("//es/menu", "/es/menu/"),
    ] {
        let response = get(&house, path).await;
        assert_eq!(response.status(), 308, "{path}");
        assert_eq!(header(&response, "location"), location);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_the_404_page() {
    let house = site().await;
    for path in [
        "/nothing",
        "/es/nothing/",
        "/_headers",
        "/%5Fheaders",
        "/.secret",
        "/../data/token.key",
        "/%2e%2e/data/token.key",
        "/..%2fdata%2ftoken.key",
        "/es/..%5c..%5cdata",
    ] {
        // A client would tidy the path, so this one is written by hand.
        let (status, body) = raw(&house, path);
        assert_eq!(status, 404, "{path}");
        assert!(body.contains("<!doctype html>nothing"), "{path}: {body}");
    }
    let response = house
        .client
        .get(format!("{}/nothing", house.base))
        .header("accept-encoding", "br")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (
            response.status().as_u16(),
            header(&response, "content-encoding")
        ),
        (404, "br".to_owned())
    );
    let response = get(&house, "/api/nothing").await;
    assert_eq!(
        header(&response, "content-type"),
        "application/problem+json"
    );
}

fn raw(house: &House, path: &str) -> (u16, String) {
    use std::io::{Read, Write};
    let mut stream =
        std::net::TcpStream::connect(house.base.trim_start_matches("http://")).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_has_it_gets_304() {
    let house = site().await;
    let modified = header(&get(&house, "/es/menu/").await, "last-modified");
    assert!(!modified.is_empty());
    let again = house
        .client
        .get(format!("{}/es/menu/", house.base))
        .header("if-modified-since", &modified)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_is_only_read() {
    let house = site().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let response = house
            .client
            .request(method, format!("{}/", house.base))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 405);
        assert_eq!(header(&response, "allow"), "GET,HEAD");
    }
    let head = house
        .client
        .head(format!("{}/", house.base))
        .send()
        .await
        .unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(head.text().await.unwrap(), "");
}
