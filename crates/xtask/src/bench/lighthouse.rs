//! Lighthouse on every type of page, as a phone on a slow network would load them, beside a page without
//! an app: the floor, below which no site of this content and these fonts can be.
//!
//! Its simulated network is bimodal where a WebAssembly is on the page, so every figure is the
//! median of five runs, and even that is only looked at, never a gate.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{
    floor, pages,
    scores::{Finding, Scores, findings},
    table::table,
};
use crate::{
    program::Program,
    server::Server,
    tools::{self, engines},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// One of each type; the first in each language, as every visit may begin there.
const PAGES: [&str; 18] = [
    "/es/",
    "/en/",
    "/es/historia/",
    "/en/second-chances/",
    "/es/fundacion/",
    "/es/menu/",
    "/en/menu/mote-de-queso/",
    "/es/visita/",
    "/en/allies/",
    "/es/prensa/",
    "/en/accessibility/",
    "/es/privacidad/",
    "/en/credits/",
    "/es/reservar/",
    "/en/book/night/",
    "/es/reservar/invitados/",
    "/es/reservar/listo/",
    "/en/reservation/",
];
const RUNS: usize = 5;

/// Nothing of the browser's own may reach out or take its share of the processor.
const CHROME_FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --disable-dev-shm-usage";

/// The fonts that stand in for the site's own until those have come, as `style/fonts.css` has them.
const STAND_INS: [&str; 3] = ["Arial", "Roboto", "Liberation Sans"];

/// Lighthouse and the browser it drives.
pub struct Lighthouse {
    program: PathBuf,
    chromium: PathBuf,
    /// Where its reports are kept.
    folder: PathBuf,
}

impl Lighthouse {
    /// Finds both, or installs them.
    pub fn ensure(workspace: &Workspace) -> Outcome<Self> {
        Ok(Self {
            program: tools::checkers(workspace)?.join(".bin/lighthouse"),
            chromium: engines::chromium()?,
            folder: workspace.bench(),
        })
    }

    /// Measures every page and tells scores, and what costs points.
    pub fn report(&self, workspace: &Workspace, site: &Path) -> Outcome<String> {
        let known = pages(site)?;
        if let Some(gone) = PAGES
            .iter()
            .find(|page| !known.iter().any(|path| path == *page))
        {
            return Err(Trouble::new(format!(
                "The site has no page {gone} any more: the list in crates/xtask/src/bench names it."
            )));
        }
        let (floor, _) = self.runs(&floor::serve(workspace)?, "/")?;
        let floor = Scores::median_of(&floor);
        let mut rows = vec![row("the floor", &floor, &floor)];
        let mut costs = BTreeMap::new();
        let server = Server::start(workspace, &self.folder, &[("--site", site)])?;
        for page in PAGES {
            let (runs, found) = self.runs(&server, page)?;
            rows.push(row(page, &Scores::median_of(&runs), &floor));
            for finding in found {
                let told: &mut Vec<&str> = costs.entry(finding).or_default();
                told.push(page);
            }
        }
        Ok(text(&rows, &costs) + &note_on_fonts())
    }

    /// A page's figures, and what cost it points in any of them.
    fn runs(&self, server: &Server, page: &str) -> Outcome<(Vec<Scores>, BTreeSet<Finding>)> {
        println!("==> Lighthouse on {}, {RUNS} times", server.url(page));
        let (mut runs, mut found) = (Vec::new(), BTreeSet::new());
        for run in 1..=RUNS {
            let report = self.measure(&server.url(page), &file(&self.folder, page, run))?;
            let scores = Scores::read(&report)?;
            println!("    {}", cells(&scores).join("  "));
            runs.push(scores);
            found.extend(findings(&report));
        }
        Ok((runs, found))
    }

    /// A report on a page. Lighthouse now and then loses the beginning of its own recording, and asks to be
    /// run again.
    fn measure(&self, url: &str, file: &Path) -> Outcome<Value> {
        self.run(url, file).or_else(|_| self.run(url, file))?;
        let report = fs::read_to_string(file).or_say(|| format!("read {}", file.display()))?;
        serde_json::from_str(&report).or_say(|| format!("understand {}", file.display()))
    }

    fn run(&self, url: &str, file: &Path) -> Outcome {
        Program::new(&self.program)
            .arg(url)
            .args(["--output=json", "--quiet", "--locale=en-US"])
            // It would else ask whether it may send errors to its makers.
            .arg("--no-enable-error-reporting")
            .arg(format!("--output-path={}", file.display()))
            .arg("--only-categories=performance,accessibility,best-practices,seo")
            .arg(format!("--chrome-flags={CHROME_FLAGS}"))
            .env("CHROME_PATH", &self.chromium)
            .run()
    }
}

fn file(folder: &Path, page: &str, run: usize) -> PathBuf {
    let name = page.trim_matches('/').replace('/', "-");
    folder.join(format!("lighthouse-{name}-{run}.json"))
}

/// A page's line, with its paints as multiples of the floor's.
fn row(page: &str, scores: &Scores, floor: &Scores) -> Vec<String> {
    let mut row = vec![page.to_owned()];
    row.extend(cells(scores));
    let paints = scores.metrics.iter().zip(&floor.metrics).take(2);
    row.extend(paints.map(|(own, floor)| format!("{:.2}", own / floor)));
    row
}

fn cells(scores: &Scores) -> Vec<String> {
    let mut cells: Vec<_> = scores
        .categories
        .iter()
        .map(|score| format!("{score:.0}"))
        .collect();
    if let [fcp, lcp, cls, tbt] = scores.metrics.as_slice() {
        cells.push(format!("{:.2} s", fcp / 1000.0));
        cells.push(format!("{:.2} s", lcp / 1000.0));
        cells.push(format!("{cls:.3}"));
        cells.push(format!("{tbt:.0} ms"));
    }
    cells
}

/// While the site's fonts load, a phone shows its own, whose widths the styles fit to them.
fn note_on_fonts() -> String {
    let fonts = Program::new("fc-list").args([":", "family"]).answer();
    match fonts {
        Some(fonts) if !STAND_INS.iter().any(|name| fonts.contains(name)) => format!(
            "\nThis machine has no {}: its CLS is larger than that of a phone, which has one.\n",
            STAND_INS.join(", no ")
        ),
        _ => String::new(),
    }
}

fn text(rows: &[Vec<String>], costs: &BTreeMap<Finding, Vec<&str>>) -> String {
    let head = [
        "page",
        "performance",
        "accessibility",
        "best practices",
        "SEO",
        "FCP",
        "LCP",
        "CLS",
        "TBT",
        "FCP ÷ floor",
        "LCP ÷ floor",
    ];
    let mut text = format!(
        "## Lighthouse, mobile, median of {RUNS} runs\n\n{}\n",
        table(&head, rows)
    );
    if costs.is_empty() {
        return text + "No audit of accessibility, best practices or SEO costs points.\n";
    }
    text += "What costs points:\n";
    for (finding, pages) in costs {
        let Finding {
            category,
            audit,
            title,
            places,
        } = finding;
        let _ = writeln!(
            text,
            "- {category}, `{audit}` ({title}) on {}",
            pages.join(", ")
        );
        for place in places {
            let _ = writeln!(text, "  - `{place}`");
        }
    }
    text
}
