//! What the browser tests really ran, read from the ledger they keep: in how many engines, over
//! how many pages, how often axe looked.

use std::{
    fmt::{self, Display},
    fs,
    path::Path,
};

use crate::{
    tools::Engine,
    trouble::{OrSay, Outcome, Trouble},
};

/// The ledger's sums.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ran {
    engines: Vec<InEngine>,
    axe_looks: u64,
    axe_violations: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct InEngine {
    engine: Engine,
    passed: u64,
    failed: u64,
    left_out: Vec<String>,
    /// Pages compared before and after hydration, and how many there are.
    hydrated: (u64, u64),
}

impl Ran {
    /// Reads what the last run wrote.
    pub fn read(ledger: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(ledger).or_say(|| format!("read {}", ledger.display()))?;
        let ran = Self::parse(&text)?;
        if ran.passed() + ran.failed() == 0 {
            return Err(Trouble::new(format!(
                "No flow was played, which proves nothing.\n{ran}"
            )));
        }
        Ok(ran)
    }

    /// Flows that passed, counted in each engine.
    pub fn passed(&self) -> u64 {
        self.engines.iter().map(|its| its.passed).sum()
    }

    /// Flows that failed, counted in each engine.
    pub fn failed(&self) -> u64 {
        self.engines.iter().map(|its| its.failed).sum()
    }

    fn parse(text: &str) -> Outcome<Self> {
        let mut ran = Self::default();
        for line in text.lines() {
            ran.add(line).ok_or_else(|| {
                Trouble::new(format!(
                    "The ledger of the browser tests has a line `{line}`."
                ))
            })?;
        }
        Ok(ran)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let (what, rest) = line.split_once(' ')?;
        let (engine, rest) = rest.split_once(' ')?;
        let engine = Engine::named(engine)?;
        let numbers = || {
            let (first, second) = rest.split_once(' ')?;
            Some((first.parse::<u64>().ok()?, second.parse::<u64>().ok()?))
        };
        match what {
            "passed" => self.of(engine)?.passed += 1,
            "failed" => self.of(engine)?.failed += 1,
            "left-out" => self.of(engine)?.left_out.push(rest.to_owned()),
            "hydrated" => {
                let (pages, of) = numbers()?;
                let sum = &mut self.of(engine)?.hydrated;
                *sum = (sum.0 + pages, sum.1 + of);
            }
            "axe" => {
                let (looks, violations) = numbers()?;
                self.axe_looks += looks;
                self.axe_violations += violations;
            }
            _ => return None,
        }
        Some(())
    }

    fn of(&mut self, engine: Engine) -> Option<&mut InEngine> {
        if !self.engines.iter().any(|its| its.engine == engine) {
            self.engines.push(InEngine {
                engine,
                passed: 0,
                failed: 0,
                left_out: Vec::new(),
                hydrated: (0, 0),
            });
            self.engines.sort_by_key(|its| its.engine.name());
        }
        self.engines.iter_mut().find(|its| its.engine == engine)
    }
}

impl Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for its in &self.engines {
            let (pages, of) = its.hydrated;
            writeln!(
                f,
                "{}: {} flows passed, {} failed; {pages} of {of} pages hydrated",
                its.engine.title(),
                its.passed,
                its.failed,
            )?;
            for left_out in &its.left_out {
                writeln!(f, "  left out: {left_out}")?;
            }
        }
        let (looks, violations) = (self.axe_looks, self.axe_violations);
        writeln!(f, "axe: {looks} looks, {violations} violations")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_by_engine() {
        let ran = Ran::parse(
            "passed firefox cancel\npassed chromium cancel\nhydrated chromium 3 9\n\
             hydrated chromium 4 9\nleft-out webkit reading cannot be driven so\n\
             failed firefox booking\naxe chromium 12 1\naxe chromium 2 0\n",
        );
        let text = ran.expect("it is a ledger").to_string();
        assert_eq!(
            text,
            "Chromium: 1 flows passed, 0 failed; 7 of 18 pages hydrated\n\
             Firefox: 1 flows passed, 1 failed; 0 of 0 pages hydrated\n\
             WebKitGTK: 0 flows passed, 0 failed; 0 of 0 pages hydrated\n  \
             left out: reading cannot be driven so\n\
             axe: 14 looks, 1 violations\n"
        );
    }

    #[test]
    fn a_line_that_is_none_is_told() {
        assert!(Ran::parse("passed opera cancel").is_err());
        assert!(Ran::parse("axe chromium many none").is_err());
    }
}
