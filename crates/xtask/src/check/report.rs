//! How the stages went: a table, and a last line that machines read too.

use std::{
    fmt::{self, Display},
    ops::AddAssign,
    time::Duration,
};

use crate::{program::spoken, trouble::Trouble};

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// A gate that held.
    pub const ONE_PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// A gate that did not.
    pub const ONE_FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

struct Row {
    name: String,
    tally: Option<Tally>,
    time: Duration,
}

/// The stages so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    pub fn add(&mut self, name: &str, tally: Tally, time: Duration) {
        self.rows.push(Row {
            name: name.to_owned(),
            tally: Some(tally),
            time,
        });
    }

    /// A stage that ended before it could count.
    pub fn failed(&mut self, name: &str, trouble: &Trouble, time: Duration) {
        println!("\n{name}: {trouble}");
        self.add(name, Tally::ONE_FAILED, time);
    }

    /// A stage that an earlier failure left no point in running.
    pub fn not_run(&mut self, name: &str) {
        self.rows.push(Row {
            name: name.to_owned(),
            tally: None,
            time: Duration::ZERO,
        });
    }

    pub fn is_green(&self) -> bool {
        self.total().failed == 0
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in self.rows.iter().filter_map(|row| row.tally) {
            total += tally;
        }
        total
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{:<14}{:>8}{:>8}  time", "stage", "passed", "failed")?;
        for Row { name, tally, time } in &self.rows {
            match tally {
                Some(Tally { passed, failed }) => {
                    writeln!(f, "{name:<14}{passed:>8}{failed:>8}  {}", spoken(*time))?;
                }
                None => writeln!(f, "{name:<14}{:>16}", "not run")?,
            }
        }
        let Tally { passed, failed } = self.total();
        writeln!(f, "{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_counts_and_nothing_else() {
        let mut report = Report::default();
        report.add(
            "tests",
            Tally {
                passed: 41,
                failed: 0,
            },
            Duration::from_secs(3),
        );
        report.add("budget", Tally::ONE_FAILED, Duration::ZERO);
        report.not_run("e2e");
        let text = report.to_string();
        assert_eq!(text.lines().last(), Some("41 passed, 1 failed"), "{text}");
        assert!(text.contains("not run"), "{text}");
        assert!(!report.is_green());
    }
}
