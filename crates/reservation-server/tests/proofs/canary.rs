//! Canaries: names, documents, notes, addresses, tokens and keys that are found where they belong, and
//! nowhere else. Not in logs, answers to somebody else's call, addresses, the memory of keys, nor in the
//! database's own log, also when the database is in trouble.

use reqwest::{Client, Method, RequestBuilder};
use reservation_contract::openapi::fixture;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Column, Connection, Executor, PgConnection, Row, SqliteConnection};
use test_database::Cluster;

use super::process::{Held, Home, about, day, held, hold, seating};

const DOCUMENT: &str = r#"
[[guest_field]]
id = "passport"
type = "document"
required = false
label = { es = "a", en = "a" }
why = { es = "a", en = "a" }
seen_by = { es = "a", en = "a" }

[privacy]"#;

/// Parts of what guests say, and of what opens their reservations.
const CANARIES: [&str; 8] = [
    "CanaryGiven",
    "CanaryFamily",
    "canary@mail.example",
    "990 123 4567",
    "CanaryDocument",
    "CanaryNote",
    "CanaryDiet",
    "canary-key",
];

fn settings() -> [(&'static str, &'static str); 3] {
    [
        ("\n[privacy]", DOCUMENT),
        ("offered = false", "offered = true"),
        ("\nby_hand = false", "\nby_hand = true"),
    ]
}

fn canary_guest() -> Value {
    json!({
        "givenName": "CanaryGiven", "familyName": "CanaryFamily", "email": "canary@mail.example",
        "phone": "+99 990 123 4567", "locale": "es",
    })
}

fn canary_confirm() -> Value {
    let mut body = fixture("request-confirm").unwrap();
    body["guest"] = canary_guest();
    body["guests"] = json!([{ "fields": { "passport": "CanaryDocument-77" } }]);
    body["note"] = json!("CanaryNote");
    body["dietary"] = json!([{ "guest": 0, "codes": ["CanaryDiet"], "note": "CanaryDiet" }]);
    body
}

/// Every call that takes anything of a guest, right and wrong; answers what must not be found, and what
/// the wrong ones were told.
async fn walk(client: &Client, base: &str) -> (Vec<Held>, Vec<String>) {
    let slot = seating(3);
    let it = hold(client, base, &slot, 1, "canary-key-hold-000001")
        .send()
        .await
        .unwrap();
    let it = held(it).await;
    let mut refusals = Vec::new();
    let changing = |request: RequestBuilder, key: &str, version: u32| {
        request
            .header("idempotency-key", key)
            .header("if-match", format!("\"{version}\""))
    };
    let confirm =
        |key: &str, body: &Value| changing(about(client, base, &it, "/confirm"), key, 1).json(body);
    let mut wrong = canary_confirm();
    wrong["guest"]["phone"] = json!("CanaryNote 990 123 4567 no number");
    wrong["guests"][0]["fields"]["other"] = json!("CanaryDocument");
    wrong["dietary"][0]["guest"] = json!(7);
    refusals.push(confirm("canary-key-confirm-0001", &wrong));
    wrong["guest"] = json!("CanaryGiven");
    refusals.push(confirm("canary-key-confirm-0002", &wrong));
    let right = confirm("canary-key-confirm-0003", &canary_confirm());
    assert_eq!(right.send().await.unwrap().status(), 200);
    refusals.push(confirm(
        "canary-key-confirm-0003",
        &json!({ "note": "CanaryNote" }),
    ));
    let patch = |key: &str, body: &Value| {
        let url = format!("{base}/reservations/{}", it.id);
        changing(client.request(Method::PATCH, url), key, 2)
            .bearer_auth(&it.token)
            .json(body)
    };
    refusals.push(patch(
        "canary-key-patch-00001",
        &json!({ "note": ["CanaryNote"] }),
    ));
    let note = json!({ "note": "CanaryNote again" });
    let changed = patch("canary-key-patch-00002", &note);
    assert_eq!(changed.send().await.unwrap().status(), 200);
    refusals.push(client.get(format!(
        "{base}/reservations/CanaryGiven?email=canary@mail.example"
    )));
    refusals.push(
        client
            .get(format!("{base}/reservations/{}", it.id))
            .bearer_auth("canary-key"),
    );
    let waits = |key: &str, body: &Value| {
        client
            .post(format!("{base}/venues/interno/waitlist-entries"))
            .header("idempotency-key", key)
            .json(body)
    };
    let mut wish = json!({
        "date": day(9).to_string(),
        "partySize": 1, "guest": canary_guest(), "consents": { "privacy": true },
    });
    let waiting = waits("canary-key-wait-000001", &wish).send().await.unwrap();
    assert_eq!(waiting.status(), 201);
    let waiting = held(waiting).await;
    wish["serviceId"] = json!("CanaryNote");
    refusals.push(waits("canary-key-wait-000002", &wish));
    let links = client.post(format!("{base}/venues/interno/link-requests"));
    refusals.push(links.json(&json!({ "email": "canary@mail.example" })));
    let mut told = Vec::new();
    for request in refusals {
        told.push(request.send().await.unwrap().text().await.unwrap());
    }
    (vec![it, waiting], told)
}

/// Neither what guests say and what opens their reservations, nor what names these, is in any figure.
async fn figures_know_nobody(client: &Client, home: &Home, secrets: &[Held]) {
    let figures = client.get(home.figures()).send().await.unwrap();
    assert_eq!(figures.status(), 200);
    let figures = figures.text().await.unwrap();
    assert!(figures.contains("reservation_server_refusals_total{problem=\"validation-failed\"} "));
    has_no_canary("figures", &figures, secrets);
    for it in secrets {
        assert!(
            !figures.contains(&it.id),
            "an id is in the figures:\n{figures}"
        );
    }
}

fn has_no_canary(what: &str, text: &str, secrets: &[Held]) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} is in {what}:\n{text}");
    }
    for it in secrets {
        assert!(!text.contains(&it.token), "a token is in {what}:\n{text}");
    }
}

/// Tables that hold what guests say, and nothing else does.
const PERSONAL: [&str; 2] = ["guest_details", "waitlist_entries"];
const OTHERS: [&str; 6] = [
    "reservations",
    "reservation_versions",
    "idempotency_keys",
    "seating_locks",
    "outbox",
    "schema_version",
];

macro_rules! dump {
    ($connection:expr, $table:expr) => {{
        let sql = AssertSqlSafe(format!("SELECT * FROM {}", $table));
        let rows = sqlx::query(sql).fetch_all($connection).await.unwrap();
        let mut text = String::new();
        for row in &rows {
            for column in row.columns() {
                let name = column.name();
                let value = row
                    .try_get::<Option<String>, _>(name)
                    .map(Option::unwrap_or_default)
                    .or_else(|_| {
                        row.try_get::<Option<i64>, _>(name)
                            .map(|it| format!("{it:?}"))
                    })
                    .unwrap();
                text += &format!("{name}={value}\n");
            }
        }
        text
    }};
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_they_stay_where_they_belong_and_are_gone_when_erased() {
    let home = Home::new(None, &settings());
    let server = home.start();
    let client = Client::new();
    let (secrets, told) = walk(&client, &server.base).await;
    has_no_canary("refusals", &told.concat(), &secrets);
    let file = home.data().join("reservations.sqlite");
    let mut connection = SqliteConnection::connect(file.to_str().unwrap())
        .await
        .unwrap();
    for table in OTHERS {
        has_no_canary(table, &dump!(&mut connection, table), &secrets);
    }
    for table in PERSONAL {
        let text = dump!(&mut connection, table);
        assert!(
            text.contains("CanaryGiven"),
            "the canary is alive in {table}"
        );
    }
    connection.close().await.unwrap();
    let erased = about(&client, &server.base, &secrets[0], "/erase")
        .send()
        .await
        .unwrap();
    assert_eq!(erased.status(), 200);
    let url = format!("{}/waitlist-entries/{}", server.base, secrets[1].id);
    let stopped = client
        .delete(url)
        .bearer_auth(&secrets[1].token)
        .send()
        .await
        .unwrap();
    assert_eq!(stopped.status(), 204);
    figures_know_nobody(&client, &home, &secrets).await;
    has_no_canary("the log", &home.log(), &secrets);
    assert!(home.log().lines().count() > 10);
    for name in ["reservations.sqlite", "reservations.sqlite-wal"] {
        let bytes = std::fs::read(home.data().join(name)).unwrap_or_default();
        has_no_canary(name, &String::from_utf8_lossy(&bytes), &secrets);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_also_when_it_is_in_trouble() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await.unwrap();
    let url = cluster.fresh();
    let home = Home::new(Some(url.clone()), &settings());
    let server = home.start();
    let client = Client::new();
    let (secrets, told) = walk(&client, &server.base).await;
    has_no_canary("refusals", &told.concat(), &secrets);
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for table in OTHERS {
        has_no_canary(table, &dump!(&mut connection, table), &secrets);
    }
    // A table that takes nothing any more: the statement fails with all its values.
    let no_more = "ALTER TABLE guest_details ADD CONSTRAINT none CHECK (details = '') NOT VALID";
    connection.execute(no_more).await.unwrap();
    let slot = seating(4);
    let it = hold(&client, &server.base, &slot, 1, "canary-key-hold-000002")
        .send()
        .await
        .unwrap();
    let it = held(it).await;
    let failed = about(&client, &server.base, &it, "/confirm")
        .header("idempotency-key", "canary-key-confirm-0009")
        .header("if-match", "\"1\"")
        .json(&canary_confirm())
        .send()
        .await
        .unwrap();
    assert_eq!(failed.status(), 503);
    let secrets = [secrets, vec![it]].concat();
    has_no_canary("an answer", &failed.text().await.unwrap(), &secrets);
    figures_know_nobody(&client, &home, &secrets).await;
    has_no_canary("the log", &home.log(), &secrets);
    assert!(home.log().contains("the store failed"));
}
