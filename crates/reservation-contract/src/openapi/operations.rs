//! The table of operations. A new call is a new row; a row that forgets a problem is a lie to
//! whoever writes a client from the document.

mod reservation;
mod venue;
mod waiting;

use crate::problem::ProblemType;

/// One call of the API.
#[derive(Debug)]
pub struct Operation {
    /// Lower case.
    pub method: &'static str,
    /// Below [`BASE_PATH`](crate::BASE_PATH).
    pub path: &'static str,
    /// `operationId`.
    pub id: &'static str,
    /// `venue`, `reservation`, `waiting` or `operation`.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What a client author must know; may be empty.
    pub description: &'static str,
    /// Whether `Authorization: Bearer` is needed.
    pub needs_token: bool,
    /// Names of shared parameters.
    pub parameters: &'static [&'static str],
    /// What it takes.
    pub body: Option<Body>,
    /// What it answers when all is well.
    pub success: Success,
    /// Everything that can be wrong.
    pub problems: &'static [ProblemType],
}

/// A JSON request body.
#[derive(Debug)]
pub struct Body {
    /// Name of the schema.
    pub schema: &'static str,
    /// Name of the fixture.
    pub example: &'static str,
}

/// An answer when all is well.
#[derive(Debug)]
pub struct Success {
    /// HTTP status.
    pub status: u16,
    /// One line.
    pub description: &'static str,
    /// Media type; empty where the answer has no body.
    pub media_type: &'static str,
    /// Name of the schema; none for text.
    pub schema: Option<&'static str>,
    /// Names of response headers.
    pub headers: &'static [&'static str],
    /// Names of fixtures.
    pub examples: &'static [&'static str],
}

const JSON: &str = "application/json";

/// Every call.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    [venue::CALLS, reservation::CALLS, waiting::CALLS]
        .into_iter()
        .flatten()
}
