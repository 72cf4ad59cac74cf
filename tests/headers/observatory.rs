//! What Mozilla's HTTP Observatory (version 2, as MDN runs it) would say of an answer's headers.
//!
//! Its rules are public: <https://github.com/mdn/mdn-http-observatory>, `src/grader/charts.js` for points and
//! grades. Written down here as far as they concern what we send: no cookies, scripts of our own origin only.
//! Everybody begins with 100 points. What is won on top counts from 90 on, and 100 are an A+. Whether HTTP
//! leads to HTTPS (0, or 20 less) is a matter of whoever ends TLS.

/// Points won on top count from here on.
const ENOUGH_FOR_MORE: i32 = 90;
/// Half a year, in seconds.
const HALF_A_YEAR: u64 = 15_768_000;

/// The points of a page, scripts of its own origin in it, served over HTTPS.
pub fn points<'a>(header: impl Fn(&str) -> Option<&'a str>) -> i32 {
    let modifiers = [
        content_security_policy(header("content-security-policy")),
        transport(header("strict-transport-security")),
        referrer(header("referrer-policy")),
        sniffing(header("x-content-type-options")),
        framing(header("content-security-policy"), header("x-frame-options")),
        resources(header("cross-origin-resource-policy")),
    ];
    let lost: i32 = modifiers.iter().filter(|points| **points < 0).sum();
    let won: i32 = modifiers.iter().filter(|points| **points > 0).sum();
    let base = 100 + lost;
    base + if base >= ENOUGH_FOR_MORE { won } else { 0 }
}

/// The grade for points.
pub fn grade(points: i32) -> &'static str {
    match points {
        100.. => "A+",
        90.. => "A",
        85.. => "A-",
        80.. => "B+",
        70.. => "B",
        65.. => "B-",
        60.. => "C+",
        50.. => "C",
        45.. => "C-",
        40.. => "D+",
        30.. => "D",
        25.. => "D-",
        _ => "F",
    }
}

/// The sources of a directive.
pub fn sources<'a>(policy: &'a str, wanted: &str) -> Option<Vec<&'a str>> {
    policy.split(';').find_map(|directive| {
        let mut words = directive.split_ascii_whitespace();
        (words.next()? == wanted).then(|| words.collect())
    })
}

fn content_security_policy(policy: Option<&str>) -> i32 {
    let Some(policy) = policy else {
        return -25;
    };
    let of = |name: &str| sources(policy, name).or_else(|| sources(policy, "default-src"));
    let broad = ["data:", "http:", "https:", "*", "'unsafe-inline'", "blob:"];
    let holds = |name: &str, wanted: &[&str]| {
        of(name).is_none_or(|found| found.iter().any(|source| wanted.contains(source)))
    };
    if holds("script-src", &broad) || holds("object-src", &broad) {
        return -20;
    }
    if policy.contains("http://") {
        return -20;
    }
    if holds("script-src", &["'unsafe-eval'"]) {
        return -10;
    }
    if holds("style-src", &broad) {
        return 0;
    }
    let none = sources(policy, "default-src").is_some_and(|found| found == ["'none'"]);
    let only_here = |name: &str| {
        sources(policy, name).is_some_and(|found| found == ["'none'"] || found == ["'self'"])
    };
    if none && only_here("form-action") && only_here("base-uri") {
        10
    } else {
        5
    }
}

fn transport(value: Option<&str>) -> i32 {
    let age = value.and_then(|value| {
        value
            .split(';')
            .find_map(|part| part.trim().strip_prefix("max-age="))?
            .parse::<u64>()
            .ok()
    });
    match age {
        Some(HALF_A_YEAR..) => 0,
        Some(_) => -10,
        None => -20,
    }
}

fn referrer(value: Option<&str>) -> i32 {
    match value {
        Some(
            "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin",
        ) => 5,
        Some(_) => -5,
        None => 0,
    }
}

fn sniffing(value: Option<&str>) -> i32 {
    if value == Some("nosniff") { 0 } else { -5 }
}

fn framing(policy: Option<&str>, value: Option<&str>) -> i32 {
    let ancestors = policy.and_then(|policy| sources(policy, "frame-ancestors"));
    match (ancestors, value) {
        (Some(found), _) if found == ["'none'"] || found == ["'self'"] => 5,
        (_, Some("DENY" | "SAMEORIGIN")) => 0,
        _ => -20,
    }
}

fn resources(value: Option<&str>) -> i32 {
    match value {
        Some("same-origin" | "same-site") => 10,
        Some("cross-origin") | None => 0,
        Some(_) => -5,
    }
}
