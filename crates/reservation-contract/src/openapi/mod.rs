//! The OpenAPI 3.1 document, assembled from the types and from one table of operations.
//!
//! Schemas come from the types ([`schemars`] speaks JSON Schema 2020-12, which is what 3.1 uses);
//! the table in `operations` says for each call what it takes, what it answers and everything
//! that can be wrong with it; examples are the golden fixtures.

mod fixtures;
mod operations;

use std::collections::BTreeMap;
use std::io;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

pub use fixtures::{FIXTURES, fixture};
pub use operations::{Body, Operation, Success, operations};

use crate::availability::{Availability, Calendar};
use crate::problem::{PROBLEM_JSON, Problem, ProblemType};
use crate::reservation::{ConfirmRequest, HoldRequest, ModifyRequest, Reservation};
use crate::venue::Venue;
use crate::waitlist::{LinkRequest, WaitlistEntry, WaitlistRequest};
use crate::{BASE_PATH, Health};

/// The document as it is committed: sorted keys, two spaces, a newline at the end.
///
/// # Errors
/// Only if a fixture is not JSON, which the tests would have said before.
pub fn document_text() -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(&sorted(document()?))?;
    text.push('\n');
    Ok(text)
}

/// The document.
///
/// # Errors
/// If a fixture is not JSON.
pub fn document() -> io::Result<Value> {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in operations() {
        paths
            .entry(operation.path)
            .or_default()
            .insert(operation.method.to_owned(), describe(operation)?);
    }
    Ok(json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Table reservations",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Hold a table, confirm it, find it again.",
            "description": INTRODUCTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": BASE_PATH, "description": "Where the site is served from" }],
        "tags": [
            { "name": "venue", "description": "What the venue says about itself, and what is free" },
            { "name": "reservation", "description": "From a hold to a table" },
            { "name": "waiting", "description": "For a place on a full day, and for a lost link" },
            { "name": "operation", "description": "For those who keep the server running" },
        ],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "parameters": parameters(),
            "headers": headers(),
            "links": links(),
            "securitySchemes": {
                "manageToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The manageToken the hold answered with. A wrong one and an unknown id get the same 404.",
                },
            },
        },
    }))
}

const INTRODUCTION: &str = "Instants are RFC 3339 with the venue's own offset, days YYYY-MM-DD, texts come in Spanish \
and English. Unknown fields are ignored and enums are open on both sides.\n\nOrder of checks: token, memory of \
idempotency keys, If-Match, rules. So the retry of a lost confirm gets its first answer and not a 412.\n\nA key is \
remembered for 24 hours together with its call and a hash of its body. A repeat answers as the first time, save for \
serverTime, which is always now. Answers 429 and 5xx are not remembered, nor those given before the rules were asked.\
\n\nEvery problem is application/problem+json (RFC 9457); branch on the last path segment of its type.";

fn schemas() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = SchemaGenerator::new(settings);
    generator.subschema_for::<Venue>();
    generator.subschema_for::<Calendar>();
    generator.subschema_for::<Availability>();
    generator.subschema_for::<HoldRequest>();
    generator.subschema_for::<ConfirmRequest>();
    generator.subschema_for::<ModifyRequest>();
    generator.subschema_for::<Reservation>();
    generator.subschema_for::<WaitlistRequest>();
    generator.subschema_for::<WaitlistEntry>();
    generator.subschema_for::<LinkRequest>();
    generator.subschema_for::<Problem>();
    generator.subschema_for::<Health>();
    Value::Object(generator.take_definitions(true))
}

fn describe(operation: &Operation) -> io::Result<Value> {
    let mut value = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": operation.parameters.iter()
            .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect::<Vec<_>>(),
        "responses": responses(operation)?,
    });
    if let Value::Object(map) = &mut value {
        if !operation.description.is_empty() {
            map.insert("description".to_owned(), operation.description.into());
        }
        if operation.needs_token {
            map.insert("security".to_owned(), json!([{ "manageToken": [] }]));
        }
        if let Some(body) = &operation.body {
            map.insert("requestBody".to_owned(), request_body(body)?);
        }
    }
    Ok(value)
}

fn request_body(body: &Body) -> io::Result<Value> {
    Ok(json!({
        "required": true,
        "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{}", body.schema) },
            "examples": { "example": { "value": fixture(body.example)? } },
        } },
    }))
}

fn responses(operation: &Operation) -> io::Result<Value> {
    let mut all = Map::new();
    let success = &operation.success;
    let mut answer = Map::new();
    answer.insert("description".to_owned(), success.description.into());
    answer.insert("headers".to_owned(), header_refs(success.headers));
    if !success.media_type.is_empty() {
        let content = success_content(success)?;
        answer.insert("content".to_owned(), json!({ success.media_type: content }));
    }
    let next: Map<String, Value> = next_calls(success.schema)
        .map(|next| {
            (
                next.id.to_owned(),
                json!({ "$ref": format!("#/components/links/{}", next.id) }),
            )
        })
        .collect();
    if !next.is_empty() {
        answer.insert("links".to_owned(), Value::Object(next));
    }
    all.insert(success.status.to_string(), Value::Object(answer));
    if success.headers.contains(&"ETag") && operation.method == "get" && !operation.needs_token {
        all.insert("304".to_owned(), json!({ "description": "Unchanged since the ETag in If-None-Match", "headers": header_refs(&["ETag"]) }));
    }

    let mut by_status: BTreeMap<u16, Vec<ProblemType>> = BTreeMap::new();
    for kind in operation.problems {
        by_status.entry(kind.status()).or_default().push(*kind);
    }
    for (status, kinds) in by_status {
        all.insert(status.to_string(), problem_response(&kinds)?);
    }
    Ok(Value::Object(all))
}

fn success_content(success: &Success) -> io::Result<Value> {
    let mut examples = Map::new();
    for name in success.examples {
        examples.insert((*name).to_owned(), json!({ "value": fixture(name)? }));
    }
    let schema = match success.schema {
        Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        None => json!({ "type": "string" }),
    };
    let mut content = json!({ "schema": schema });
    if let (Value::Object(map), false) = (&mut content, examples.is_empty()) {
        map.insert("examples".to_owned(), Value::Object(examples));
    }
    Ok(content)
}

fn problem_response(kinds: &[ProblemType]) -> io::Result<Value> {
    let mut examples = Map::new();
    for kind in kinds {
        examples.insert(kind.slug().to_owned(), json!({ "summary": kind.title(), "value": fixture(&format!("problem-{}", kind.slug()))? }));
    }
    let names: Vec<&str> = kinds.iter().map(|kind| kind.slug()).collect();
    let retry = kinds.iter().any(|kind| {
        matches!(
            kind,
            ProblemType::QuotaExceeded
                | ProblemType::TemporarilyUnavailable
                | ProblemType::IdempotencyKeyInFlight
        )
    });
    let headers = if retry {
        header_refs(&["Retry-After"])
    } else {
        json!({})
    };
    Ok(json!({
        "description": names.join(", "),
        "headers": headers,
        "content": { PROBLEM_JSON: {
            "schema": {
                "allOf": [{ "$ref": "#/components/schemas/Problem" }],
                "properties": { "type": { "enum": kinds.iter().map(|kind| kind.uri()).collect::<Vec<_>>() } },
            },
            "examples": examples,
        } },
    }))
}

fn header_refs(names: &[&str]) -> Value {
    names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({ "$ref": format!("#/components/headers/{name}") }),
            )
        })
        .collect::<Map<_, _>>()
        .into()
}

fn headers() -> Value {
    json!({
        "ETag": { "description": "The version in quotes for a reservation; a hash for what anyone may read", "schema": { "type": "string" } },
        "Location": { "description": "The path of what was made", "schema": { "type": "string", "format": "uri-reference" } },
        "Retry-After": { "description": "Seconds to wait", "schema": { "type": "integer", "minimum": 1 } },
        "Cache-Control": { "description": "How long the answer may be reused", "schema": { "type": "string" } },
    })
}

/// What can be asked about a thing that an answer tells: the calls that take its id.
fn next_calls(schema: Option<&str>) -> impl Iterator<Item = &'static Operation> {
    let id = match schema {
        Some("Reservation") => "reservationId",
        Some("WaitlistEntry") => "waitlistEntryId",
        _ => "",
    };
    operations().filter(move |next| next.parameters.contains(&id))
}

/// One link a call, with the id and the version of the answer before it.
fn links() -> Value {
    let things = [Some("Reservation"), Some("WaitlistEntry")];
    let all = things.into_iter().flat_map(next_calls).map(|next| {
        let mut parameters = json!({ "id": "$response.body#/id" });
        if let (Value::Object(map), true) = (&mut parameters, next.parameters.contains(&"ifMatch"))
        {
            map.insert("If-Match".to_owned(), "$response.header.ETag".into());
        }
        let link = json!({ "operationId": next.id, "parameters": parameters });
        (next.id.to_owned(), link)
    });
    all.collect::<Map<_, _>>().into()
}

fn parameters() -> Value {
    let query = |name: &str, required: bool, schema: Value, description: &str| json!({ "name": name, "in": "query", "required": required, "schema": schema, "description": description });
    let date = || json!({ "type": "string", "format": "date" });
    json!({
        "venueId": { "name": "venueId", "in": "path", "required": true, "schema": { "type": "string" }, "example": "interno" },
        "waitlistEntryId": { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
        "reservationId": { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
        "from": query("from", true, date(), "First day"),
        "to": query("to", true, date(), "Last day, at most 62 days in all"),
        "date": query("date", true, date(), "The day"),
        "partySize": query("partySize", true, json!({ "type": "integer", "minimum": 1 }), "People"),
        "time": query("time", false, json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" }), "Only the seating that starts at this local time"),
        "serviceId": query("serviceId", false, json!({ "type": "string" }), "Only this service"),
        "areaId": query("areaId", false, json!({ "type": "string" }), "Only this area; unknown where the venue lists no areas"),
        "ifNoneMatch": { "name": "If-None-Match", "in": "header", "required": false, "schema": { "type": "string" }, "description": "An ETag from before" },
        "idempotencyKey": { "name": "Idempotency-Key", "in": "header", "required": true, "schema": { "type": "string", "minLength": 16, "maxLength": 255 }, "description": "Made by the client once a step is entered; a credential, so keep it out of logs" },
        "ifMatch": { "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" }, "description": "The ETag of the version the guest saw" },
        "ifMatchOptional": { "name": "If-Match", "in": "header", "required": false, "schema": { "type": "string" }, "description": "The ETag of the version the guest saw" },
    })
}

/// Sorts keys at every depth, so that the committed text does not depend on which features of
/// `serde_json` another crate of a build switches on.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let ordered: BTreeMap<String, Value> = map
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect();
            Value::Object(ordered.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
