//! `cargo xtask bench`: figures about the built site, as tables that notes can hold.
//!
//! Nothing here is a gate. Bytes have theirs in `tests/budget.toml`; what a clock says differs
//! from run to run and from machine to machine.

mod bytes;
mod lighthouse;
mod pace;
mod scores;
mod table;
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
    /// Also measure the menu's filter in a browser.
    pub pace: bool,
}

impl Figures {
    /// Builds the site as the tests do, measures it, and prints and keeps what it found.
    pub fn run(self, workspace: &Workspace) -> Outcome {
        // Found first: a missing browser is better known before minutes of building.
        let lighthouse = self.lighthouse.then(|| Lighthouse::ensure(workspace));
        let lighthouse = lighthouse.transpose()?;
        let tools = Toolbox::for_build(workspace)?;
        let site = site::build_for_tests(workspace, &tools)?;
        let mut report = bytes::report(&site)?;
        if self.pace {
            report += "\n";
            report += &pace::report(workspace, &site)?;
        }
        if let Some(lighthouse) = lighthouse {
            report += "\n";
            report += &lighthouse.report(workspace, &site)?;
        }
        let folder = workspace.bench();
        fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
        let file = folder.join("report.md");
        fs::write(&file, &report).or_say(|| format!("write {}", file.display()))?;
        println!("\n{report}");
        println!("==> The same is in {}", file.display());
        Ok(())
    }
}

/// Every page the prerenderer wrote.
fn pages(site: &Path) -> Outcome<Vec<String>> {
    let list = site.join("pages.json");
    let text = fs::read_to_string(&list).or_say(|| format!("read {}", list.display()))?;
    serde_json::from_str(&text).or_say(|| format!("understand {}", list.display()))
}
