//! What one run of Lighthouse says, and the middle of several.

use serde_json::Value;

use crate::trouble::{Outcome, Trouble};

/// Lighthouse's categories, in the order of the table.
pub const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

/// Its timings and shifts that are told beside the scores.
pub const METRICS: [&str; 4] = [
    "first-contentful-paint",
    "largest-contentful-paint",
    "cumulative-layout-shift",
    "total-blocking-time",
];

/// The figures of one run, or the median of each over several.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Out of 100, as `CATEGORIES`.
    pub categories: Vec<f64>,
    /// In milliseconds, or as a bare number, as `METRICS`.
    pub metrics: Vec<f64>,
}

/// An audit that costs points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub category: &'static str,
    pub audit: String,
    pub title: String,
    /// Where on the page, as far as Lighthouse says.
    pub places: Vec<String>,
}

impl Scores {
    /// Reads a report.
    pub fn read(report: &Value) -> Outcome<Self> {
        if let Some(error) = report
            .pointer("/runtimeError/message")
            .and_then(Value::as_str)
        {
            return Err(Trouble::new(format!(
                "Lighthouse could not measure the page: {error}"
            )));
        }
        let number = |pointer: String| {
            let found = report.pointer(&pointer).and_then(Value::as_f64);
            found.ok_or_else(|| {
                Trouble::new(format!("Lighthouse's report has no number at {pointer}."))
            })
        };
        let categories = CATEGORIES.iter().map(|name| {
            let score = number(format!("/categories/{name}/score"))?;
            Ok((score * 100.0).round())
        });
        let metrics = METRICS
            .iter()
            .map(|name| number(format!("/audits/{name}/numericValue")));
        Ok(Self {
            categories: categories.collect::<Outcome<_>>()?,
            metrics: metrics.collect::<Outcome<_>>()?,
        })
    }

    /// The median of each figure by itself.
    pub fn median_of(runs: &[Self]) -> Self {
        let middle = |figures: fn(&Self) -> &Vec<f64>, count: usize| {
            let nth = |place| {
                runs.iter()
                    .filter_map(move |run| figures(run).get(place).copied())
            };
            (0..count)
                .map(|place| median(nth(place).collect()))
                .collect()
        };
        Self {
            categories: middle(|run| &run.categories, CATEGORIES.len()),
            metrics: middle(|run| &run.metrics, METRICS.len()),
        }
    }
}

/// The middle figure; of two in the middle, their mean.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = |place: usize| figures.get(place).copied().unwrap_or_default();
    let half = figures.len() / 2;
    if figures.len() % 2 == 1 {
        at(half)
    } else {
        f64::midpoint(at(half.saturating_sub(1)), at(half))
    }
}

/// Audits that keep a score below 100. Those of performance are left out: their points follow the
/// clock of the machine.
pub fn findings(report: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for category in CATEGORIES.into_iter().filter(|name| *name != "performance") {
        let audits = report.pointer(&format!("/categories/{category}/auditRefs"));
        for audit in audits.and_then(Value::as_array).into_iter().flatten() {
            let weight = audit
                .get("weight")
                .and_then(Value::as_f64)
                .unwrap_or_default();
            let id = audit.get("id").and_then(Value::as_str).unwrap_or_default();
            let Some(found) = report.pointer(&format!("/audits/{id}")) else {
                continue;
            };
            // No score means that it does not apply, or that a person has to look.
            let score = found.get("score").and_then(Value::as_f64).unwrap_or(1.0);
            if weight > 0.0 && score < 1.0 {
                findings.push(finding(category, id, found));
            }
        }
    }
    findings
}

fn finding(category: &'static str, id: &str, audit: &Value) -> Finding {
    let items = audit.pointer("/details/items").and_then(Value::as_array);
    let places = items.into_iter().flatten().filter_map(|item| {
        let ways = [
            "/node/snippet",
            "/description",
            "/source/snippet",
            "/source",
            "/url",
        ];
        let mut told = ways.iter().filter_map(|way| item.pointer(way)?.as_str());
        told.next().map(str::to_owned)
    });
    let title = audit.get("title").and_then(Value::as_str);
    Finding {
        category,
        audit: id.to_owned(),
        title: title.unwrap_or_default().to_owned(),
        places: places.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report cut down to what is read of it.
    const REPORT: &str = r#"{
        "categories": {
            "performance": { "score": 0.97, "auditRefs": [{ "id": "slow", "weight": 10 }] },
            "accessibility": { "score": 0.94, "auditRefs": [
                { "id": "color-contrast", "weight": 7 }, { "id": "by-hand", "weight": 3 },
                { "id": "free", "weight": 0 }, { "id": "good", "weight": 1 }
            ] },
            "best-practices": { "score": 1, "auditRefs": [] },
            "seo": { "score": 1, "auditRefs": [] }
        },
        "audits": {
            "first-contentful-paint": { "numericValue": 900 },
            "largest-contentful-paint": { "numericValue": 1512.3 },
            "cumulative-layout-shift": { "numericValue": 0.002 },
            "total-blocking-time": { "numericValue": 41 },
            "slow": { "score": 0, "title": "Slow" },
            "free": { "score": 0, "title": "Costs nothing" },
            "good": { "score": 1, "title": "Good" },
            "by-hand": { "score": null, "title": "A person has to look" },
            "color-contrast": {
                "score": 0, "title": "Too little contrast",
                "details": { "items": [{ "node": { "snippet": "<p class=\"note\">" } }] }
            }
        }
    }"#;

    fn report() -> Value {
        serde_json::from_str(REPORT).expect("it is JSON")
    }

    #[test]
    fn scores_are_read_out_of_a_hundred() {
        let scores = Scores::read(&report()).expect("all figures are there");
        assert_eq!(scores.categories, [97.0, 94.0, 100.0, 100.0]);
        assert_eq!(scores.metrics, [900.0, 1512.3, 0.002, 41.0]);
    }

    #[test]
    fn a_page_that_could_not_be_measured_says_why() {
        let report = serde_json::json!({ "runtimeError": { "message": "NO_FCP" } });
        let trouble = Scores::read(&report).expect_err("it has no figures");
        assert!(trouble.to_string().contains("NO_FCP"), "{trouble}");
    }

    #[test]
    fn the_middle_is_taken_of_each_figure_by_itself() {
        let run = |performance: f64, lcp: f64| Scores {
            categories: vec![performance, 100.0, 100.0, 100.0],
            metrics: vec![lcp, lcp, 0.0, 0.0],
        };
        let middle = Scores::median_of(&[run(90.0, 3.0), run(70.0, 1.0), run(95.0, 2.0)]);
        assert_eq!(middle, run(90.0, 2.0));
        let even = [4.0, 1.0, 3.0, 2.0];
        assert!((median(even.to_vec()) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn findings_are_what_costs_points() {
        let findings = findings(&report());
        let audits: Vec<_> = findings
            .iter()
            .map(|finding| finding.audit.as_str())
            .collect();
        assert_eq!(audits, ["color-contrast"]);
        assert_eq!(findings[0].places, ["<p class=\"note\">"]);
    }
}
