//! The committed document is what the code generates, and it says the truth about itself.

use std::collections::BTreeSet;

use reservation_contract::OPENAPI_JSON;
use reservation_contract::openapi::{FIXTURES, document, document_text, operations};
use reservation_contract::problem::ProblemType;
use serde_json::Value;

#[test]
fn committed_document_is_what_the_code_generates() {
    let generated = document_text().expect("document");
    assert!(
        generated == OPENAPI_JSON,
        "openapi.json is stale: cargo run -p reservation-contract --example openapi"
    );
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(map) => {
                if let Some(target) = map.get("$ref").and_then(Value::as_str) {
                    found.insert(target);
                }
                map.values().for_each(|inner| walk(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, found)),
            _ => {}
        }
    }
    let document = document().expect("document");
    let mut found = BTreeSet::new();
    walk(&document, &mut found);
    assert!(found.len() > 20);
    for target in found {
        let pointer = target.strip_prefix('#').expect("a local reference");
        assert!(
            document.pointer(pointer).is_some(),
            "{target} leads nowhere"
        );
    }
}

#[test]
fn every_problem_is_documented_somewhere() {
    // A wrong method has no operation of its own to be documented at.
    let elsewhere = [ProblemType::MethodNotAllowed];
    for kind in ProblemType::ALL
        .iter()
        .filter(|kind| !elsewhere.contains(kind))
    {
        assert!(
            operations().any(|operation| operation.problems.contains(kind)),
            "{}",
            kind.slug()
        );
    }
}

#[test]
fn every_fixture_file_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("folder")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .to_string_lossy()
                .trim_end_matches(".json")
                .to_owned()
        })
        .collect();
    let known: BTreeSet<String> = FIXTURES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(files, known);
}
