//! The status page: whatever comes of asking has its words in the page, in both languages.
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test may end it, as the test itself may"
)]

use std::collections::BTreeSet;

use booking::venue::{Capabilities, Text};
use booking::{Date, Failure, Venue};
use interno::i18n::Locale;
use interno::pages::publication::render;
use interno::pages::status::Told;
use interno::reservations::{Checked, Config, Heard};
use interno::routes::Route;

use super::publication::{library, values};

const SECOND: i64 = 1_000;

fn config(text: &str) -> Result<Config, Failure> {
    Config::read(text)
}

fn native() -> Config {
    config(include_str!("../../public/config.json")).unwrap()
}

fn octo() -> Config {
    let text =
        r#"{"reservations":{"provider":"octo","baseUrl":"https://x.example/octo","venueId":"p"}}"#;
    config(text).unwrap()
}

fn calcom() -> Config {
    let text = r#"{"reservations":{"provider":"calcom","eventTypeId":7,"partyField":"people"}}"#;
    config(text).unwrap()
}

fn venue(capabilities: Capabilities) -> Venue {
    Venue {
        trial: !capabilities.holds,
        name: Text {
            es: "La casa".into(),
            en: "The house".into(),
        },
        time_zone: "America/Bogota".into(),
        party_min: 1,
        party_max: 8,
        services: Vec::new(),
        areas: Vec::new(),
        lead_fields: Vec::new(),
        guest_fields: Vec::new(),
        hold_extensions: 2,
        cancellation_cutoff_minutes: 60,
        house_rules: Vec::new(),
        capabilities,
        notice: None,
    }
}

fn checked(config: Option<Config>, came: Result<Venue, Failure>) -> Checked {
    let heard = Heard {
        status: Some(200),
        server_ms: Some(0),
    };
    let supplier = config.as_ref().filter(|config| config.provider == "octo");
    Checked {
        supplier: supplier.map(|_| Ok("A house · x@example.org".into())),
        first_free: None,
        config,
        came,
        heard,
    }
}

fn told(checked: &Checked) -> Told {
    Told::of(checked, [0, SECOND], Locale::Es)
}

fn shows(told: &Told, name: &str) -> bool {
    told.shown.iter().any(|shown| shown == name)
}

fn says<'t>(told: &'t Told, name: &str) -> &'t str {
    let written = told.written.iter().find(|(known, _)| *known == name);
    written.map_or("", |(_, text)| text)
}

/// A whole file for each kind of system: field by field, with values that are right.
const FILES: [&[(&str, &str)]; 3] = [
    &[
        ("provider", r#""native""#),
        ("baseUrl", r#""/api""#),
        ("venueId", r#""v""#),
        ("version", r#""1""#),
        ("mode", r#""live""#),
    ],
    &[
        ("provider", r#""octo""#),
        ("baseUrl", r#""https://x.example/octo""#),
        ("venueId", r#""v""#),
        ("options", r#"["a",{"id":"b","unit":"u"}]"#),
        ("unitId", r#""u""#),
        ("sendsEmail", "true"),
        ("mode", r#""trial""#),
    ],
    &[
        ("provider", r#""calcom""#),
        ("baseUrl", r#""https://x.example""#),
        ("eventTypeId", "7"),
        ("partyField", r#""people""#),
        ("partyMin", "1"),
        ("partyMax", "8"),
        ("timeZone", r#""America/Bogota""#),
    ],
];

/// What is wrong with a file in which one field is something else; nothing where that is right, too.
fn with(file: &[(&str, &str)], field: &str, other: &str) -> Option<Failure> {
    let mut fields = vec![format!("{field:?}:{other}")];
    for (name, value) in file.iter().filter(|(name, _)| *name != field) {
        fields.push(format!("{name:?}:{value}"));
    }
    let text = format!(r#"{{"reservations":{{{}}}}}"#, fields.join(","));
    config(&text).and_then(|config| config.check(true)).err()
}

/// Values with which a field has something wrong.
const OTHERS: [&str; 5] = ["null", r#""""#, "[]", r#"{"id":7}"#, "300.5"];

#[test]
fn whatever_is_wrong_in_a_field_is_explained_by_that_field() {
    for file in FILES {
        for (field, right) in file {
            assert_eq!(with(file, field, right), None, "{field}");
            for other in OTHERS {
                let why = with(file, field, other);
                let why = why.unwrap_or_else(|| panic!("{field}: {other} was taken"));
                let told = told(&checked(None, Err(why)));
                assert!(shows(&told, field), "{field}: {other} is {told:?}");
            }
        }
    }
}

/// What is wrong with a file, as the app would have it.
fn mistakes() -> Vec<(&'static str, Failure)> {
    let [native, octo, calcom] = FILES;
    let of = |file, field, other| (field, with(file, field, other));
    [
        ("file", config("<html>").err()),
        ("reservations", config("{}").err()),
        of(native, "provider", r#""opentable""#),
        of(native, "baseUrl", r#""http://x.example""#),
        of(native, "baseUrl", r#""ftp://x.example""#),
        of(native, "baseUrl", r#""https://me:pw@x.example""#),
        of(native, "version", r#""9""#),
        of(native, "mode", r#""Live""#),
        of(native, "venueId", "null"),
        ("key", with(octo, "apiKey", r#""x""#)),
        ("options", with(octo, "optionId", r#""a""#)),
        of(octo, "options", r#"["a","a"]"#),
        of(octo, "options", r#"[{"id":"a","area":"Patio"},"b"]"#),
        of(octo, "options", r#"[{"id":"a","area":7}]"#),
        of(octo, "sendsEmail", r#""true""#),
        of(octo, "unitId", "7"),
        of(calcom, "eventTypeId", r#""dinner""#),
        of(calcom, "partyField", "7"),
        of(calcom, "partyMin", "9"),
        of(calcom, "partyMax", "0"),
        of(calcom, "timeZone", "7"),
    ]
    .into_iter()
    .map(|(named, why)| (named, why.unwrap_or(Failure::Lost)))
    .inspect(|(named, why)| {
        assert!(
            matches!(why, Failure::Misconfigured(_)),
            "{named} was taken"
        );
    })
    .collect()
}

/// Everything that can come of asking.
fn everything() -> Vec<(&'static str, Checked)> {
    let mut all: Vec<_> = mistakes()
        .into_iter()
        .map(|(named, why)| (named, checked(None, Err(why))))
        .collect();
    all.push(("missing", checked(None, Err(Failure::Unreachable))));
    for (named, why) in [
        ("unreachable", Failure::Unreachable),
        ("down", Failure::Down),
        ("busy", Failure::Busy { retry_after: None }),
        ("malformed", Failure::Malformed("timeZone".into())),
        ("refused", Failure::NotFound),
        ("refused", Failure::Misconfigured("the API says 401".into())),
        (
            "optionId",
            Failure::Misconfigured("config.json: optionId is refused: INVALID_OPTION_ID".into()),
        ),
    ] {
        all.push((named, checked(Some(octo()), Err(why))));
    }
    for config in [native(), octo(), calcom()] {
        for can in [false, true] {
            let can = Capabilities {
                holds: can,
                areas: can,
                modify: can,
                preorder: can,
                waitlist: can,
                only_moves: can,
                async_confirmation: can,
                messages: can,
                erase: can,
            };
            let mut checked = checked(Some(config.clone()), Ok(venue(can)));
            if can.holds {
                checked.first_free = Date::parse("2026-12-05");
                checked.supplier = checked.supplier.map(|_| Err(Failure::NotFound));
            }
            all.push(("well", checked));
        }
    }
    all
}

#[test]
fn whatever_comes_of_asking_has_its_words() {
    let library = library();
    let mut shown = BTreeSet::new();
    for (named, checked) in everything() {
        for locale in Locale::ALL {
            let page = render(&library, Route::Status, locale);
            let ids: BTreeSet<&str> = values(&page.html, "id").into_iter().collect();
            assert_eq!(
                ids.len(),
                values(&page.html, "id").len(),
                "an id stands twice"
            );
            for heard in [None, Some(0), Some(60 * SECOND), Some(-60 * SECOND)] {
                let mut checked = checked.clone();
                checked.heard.server_ms = heard;
                let told = Told::of(&checked, [0, SECOND], locale);
                assert!(shows(&told, named), "{checked:?} is no {named}");
                let written = told.written.iter().map(|(name, _)| *name);
                for name in told.shown.iter().map(String::as_str).chain(written) {
                    let id = ["status-", name].concat();
                    assert!(
                        ids.contains(id.as_str()),
                        "{id} is not in the {locale} page"
                    );
                    shown.insert(id);
                }
            }
        }
    }
    // And nothing stands there that nobody is ever told.
    let page = render(&library, Route::Status, Locale::Es);
    let always = ["waiting", "asking", "zone", "zone-name", "there"];
    for hidden in page.html.split('<').filter(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.ends_with(" hidden") || tag.contains(" hidden ")
    }) {
        let id = values(hidden, "id").first().copied().unwrap_or_default();
        let by_itself = always.iter().any(|name| id == ["status-", name].concat());
        assert!(by_itself || shown.contains(id), "<{hidden} is never shown");
    }
}

#[test]
fn one_thing_is_said_at_a_time_and_nothing_before_it_is_known() {
    for (named, checked) in everything() {
        let told = told(&checked);
        let said = [
            "well",
            "unreachable",
            "down",
            "busy",
            "malformed",
            "refused",
            "missing",
        ];
        let said = said.iter().filter(|name| shows(&told, name)).count();
        let of_file = FILES.into_iter().flatten().map(|(field, _)| *field);
        let of_file: BTreeSet<_> = of_file
            .chain(["file", "reservations", "optionId", "key"])
            .collect();
        let of_file = of_file.iter().filter(|name| shows(&told, name)).count();
        assert_eq!(said + of_file, 1, "{checked:?}");
        let is_well = named == "well";
        for name in ["venue", "mode-row", "there-row"] {
            assert_eq!(shows(&told, name), is_well, "{named} shows {name}");
        }
        assert_eq!(shows(&told, "source"), checked.config.is_some(), "{named}");
        assert!(shows(&told, "again"), "{named} leaves no way on");
    }
}

#[test]
fn what_fails_is_told_in_detail_too() {
    let mut wrong = checked(Some(octo()), Err(Failure::Malformed("timeZone".into())));
    let said = told(&wrong);
    assert!(shows(&said, "detail"));
    assert_eq!(says(&said, "words"), "timeZone · HTTP 200");
    wrong.came = Err(Failure::Down);
    wrong.heard.status = Some(502);
    assert_eq!(says(&told(&wrong), "words"), "HTTP 502");
    wrong.came = Err(Failure::Unreachable);
    wrong.heard = Heard::default();
    let silent = told(&wrong);
    assert!(!shows(&silent, "detail") && !shows(&silent, "clock"));
}

#[test]
fn a_clock_that_goes_wrong_is_said_with_by_how_much() {
    let by = |server_ms: i64| {
        let mut checked = checked(Some(native()), Ok(venue(Capabilities::default())));
        checked.heard.server_ms = Some(server_ms);
        // Asked and answered half a second before and after the phone's 1 000.
        let told = Told::of(
            &checked,
            [1_000 * SECOND - 500, 1_000 * SECOND + 500],
            Locale::En,
        );
        let name = ["even", "ahead", "behind"]
            .into_iter()
            .find(|name| shows(&told, name));
        let length = [says(&told, "ahead-by"), says(&told, "behind-by")].concat();
        (name.unwrap_or_default(), length)
    };
    assert_eq!(by(1_000 * SECOND), ("even", String::new()));
    assert_eq!(by(996 * SECOND), ("even", String::new()));
    assert_eq!(by(910 * SECOND), ("ahead", "89 s".into()));
    assert_eq!(by(1_300 * SECOND), ("behind", "5 min".into()));
    assert_eq!(
        by(1_000 * SECOND + 9_000 * SECOND),
        ("behind", "2 h".into())
    );
    // A server of another century must not overflow anything.
    assert_eq!(by(i64::MAX).0, "behind");
    assert_eq!(by(i64::MIN).0, "ahead");
}
