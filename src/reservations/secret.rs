//! What must not stand in `config.json`. The server that publishes the file compiles this, too.

use serde_json::Value;

/// What the name of something secret has in it.
const SECRET: [&str; 6] = ["key", "token", "secret", "auth", "bearer", "password"];

/// The name of something in a file that is secret by its name, however deep it stands; whoever opens the
/// site can read it.
pub fn named_in(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            let small = name.to_ascii_lowercase();
            let secret = SECRET.iter().any(|word| small.contains(word));
            secret.then_some(name.as_str()).or_else(|| named_in(value))
        }),
        Value::Array(values) => values.iter().find_map(named_in),
        _ => None,
    }
}
