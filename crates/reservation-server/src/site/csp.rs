//! Where the site may connect to: itself, and the reservation API that `config.json` names. The file
//! can be edited after the build, so the policy is made to fit when the server starts, and a file that
//! gives a secret away is not served at all.

use axum::http::Uri;

/// The origin of the API a `config.json` names; none when it is the site's own.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn api_origin(config: &str) -> Result<Option<String>, String> {
    let config: serde_json::Value =
        serde_json::from_str(config).map_err(|error| format!("not JSON: {error}"))?;
    if let Some(name) = super::secret::named_in(&config) {
        return Err(format!(
            "\"{name}\" must not be in this file: every visitor can read it"
        ));
    }
    let Some(base) = config
        .pointer("/reservations/baseUrl")
        .and_then(serde_json::Value::as_str)
    else {
        // Cal.com has a home of its own; another provider's file is the one to fix.
        let calcom = config.pointer("/reservations/provider") == Some(&"calcom".into());
        return Ok(calcom.then(|| "https://api.cal.com".to_owned()));
    };
    if base.starts_with('/') && !base.starts_with("//") {
        return Ok(None);
    }
    let wrong = || format!("reservations.baseUrl \"{base}\" is neither a path nor an http address");
    let uri: Uri = base.parse().map_err(|_| wrong())?;
    match (uri.scheme_str(), uri.authority()) {
        (Some(scheme @ ("http" | "https")), Some(authority))
            if !authority.as_str().contains('@') =>
        {
            Ok(Some(format!("{scheme}://{authority}")))
        }
        _ => Err(wrong()),
    }
}

/// A policy whose `connect-src` is `'self'` and the origin.
pub(super) fn with_connect(policy: &str, origin: Option<&str>) -> String {
    let connect = match origin {
        Some(origin) => format!("connect-src 'self' {origin}"),
        None => "connect-src 'self'".to_owned(),
    };
    let is_connect = |directive: &str| {
        directive
            .split_ascii_whitespace()
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("connect-src"))
    };
    let mut directives: Vec<&str> = policy
        .split(';')
        .map(str::trim)
        .filter(|directive| !directive.is_empty())
        .collect();
    match directives
        .iter_mut()
        .find(|directive| is_connect(directive))
    {
        Some(directive) => *directive = &connect,
        None => directives.push(&connect),
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base: &str) -> String {
        format!(
            r#"{{"reservations":{{"provider":"native","baseUrl":"{base}","venueId":"interno"}}}}"#
        )
    }

    #[test]
    fn the_origin_is_told() {
        assert_eq!(api_origin(&config("/api/v1")), Ok(None));
        assert_eq!(
            api_origin(&config("https://api.example.com/v1")),
            Ok(Some("https://api.example.com".to_owned()))
        );
        assert_eq!(
            api_origin(&config("http://127.0.0.1:9000/api/v1")),
            Ok(Some("http://127.0.0.1:9000".to_owned()))
        );
        for base in [
            "//evil.example",
            "ftp://x",
            "api/v1",
            "https://user@x.example/",
            "javascript:alert(1)",
        ] {
            assert!(api_origin(&config(base)).is_err(), "{base}");
        }
        let home = api_origin(r#"{"reservations":{"provider":"calcom","eventTypeId":7}}"#);
        assert_eq!(home, Ok(Some("https://api.cal.com".to_owned())));
        for secret in [
            r#"{"reservations":{"provider":"octo","baseUrl":"/octo","apiKey":"abc"}}"#,
            r#"{"reservations":{"headers":[{"Authorization":"abc"}]}}"#,
            r#"{"Token":"abc"}"#,
        ] {
            let told = api_origin(secret).unwrap_err();
            assert!(told.contains("must not be in this file"), "{told}");
            assert!(!told.contains("abc"), "a secret is said: {told}");
        }
        assert_eq!(api_origin("{}"), Ok(None));
        assert!(api_origin("no").is_err());
    }

    #[test]
    fn the_policy_is_made_to_fit() {
        let policy = "default-src 'none'; connect-src 'self' https://old.example; img-src 'self'";
        assert_eq!(
            with_connect(policy, Some("https://api.example.com")),
            "default-src 'none'; connect-src 'self' https://api.example.com; img-src 'self'"
        );
        assert_eq!(
            with_connect("default-src 'none'", None),
            "default-src 'none'; connect-src 'self'"
        );
    }
}
