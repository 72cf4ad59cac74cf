//! `cargo xtask bench`: figures about the built site, or about the server, as tables that notes can hold.
//!
//! Nothing here is a gate. Bytes have theirs in `tests/budget.toml`; what a clock says differs
//! from run to run and from machine to machine.

mod bytes;
mod floor;
mod lighthouse;
mod pace;
mod scores;
mod speed;
mod table;
mod weight;
mod words;

use std::{fs, path::Path};

use lighthouse::Lighthouse;

use crate::{
    site,
    tools::Toolbox,
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

/// What to measure.
#[derive(Default)]
pub struct Figures {
    /// Also run Lighthouse, which takes minutes.
    pub lighthouse: bool,
    /// Also measure in a browser how soon the site answers.
    pub pace: bool,
    /// Only measure the reservation server, which needs no site.
    pub server: bool,
}

impl Figures {
    /// Builds the site as the tests do, measures it, and prints and keeps what it found.
    pub fn run(self, workspace: &Workspace) -> Outcome {
        // Found first: a missing browser is better known before minutes of building.
        let lighthouse = self.lighthouse.then(|| Lighthouse::ensure(workspace));
        let lighthouse = lighthouse.transpose()?;
        let (part, report) = if self.server {
            ("server", speed::report(workspace)?)
        } else {
            ("site", self.of_the_site(workspace, lighthouse)?)
        };
        let folder = workspace.bench();
        fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
        write(&folder.join(format!("{part}.md")), &report)?;
        let file = folder.join("report.md");
        let parts = ["site", "server"].map(|part| folder.join(format!("{part}.md")));
        // The other part is as old as its last run, or not there.
        let parts = parts
            .iter()
            .filter_map(|part| fs::read_to_string(part).ok());
        write(&file, &parts.collect::<Vec<_>>().join("\n"))?;
        println!("\n{report}");
        println!("==> The same is in {}", file.display());
        Ok(())
    }

    fn of_the_site(
        &self,
        workspace: &Workspace,
        lighthouse: Option<Lighthouse>,
    ) -> Outcome<String> {
        let tools = Toolbox::for_build(workspace)?;
        let site = site::build_for_tests(workspace, &tools)?;
        let mut report = bytes::report(&site)?;
        report += "\n";
        report += &weight::report(workspace)?;
        if self.pace {
            report += "\n";
            report += &pace::report(workspace, &site)?;
        }
        if let Some(lighthouse) = lighthouse {
            report += "\n";
            report += &lighthouse.report(workspace, &site)?;
        }
        Ok(report)
    }
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).or_say(|| format!("write {}", file.display()))
}

/// Every page the prerenderer wrote.
fn pages(site: &Path) -> Outcome<Vec<String>> {
    let list = site.join("pages.json");
    let text = fs::read_to_string(&list).or_say(|| format!("read {}", list.display()))?;
    serde_json::from_str(&text).or_say(|| format!("understand {}", list.display()))
}
