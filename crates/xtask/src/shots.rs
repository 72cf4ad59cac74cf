//! `cargo xtask shots`: every page as pictures, for a person to judge.
//!
//! The camera is a program of the package tests/e2e, because it starts servers and browsers as
//! the tests there do.

use std::fs;

use crate::{
    program::{Program, step},
    site,
    tools::{Engine, Toolbox, engines},
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

/// Which pictures to take; all of them unless told otherwise.
#[derive(Default)]
pub struct Shots {
    /// A part of the paths of the pages.
    pub page: Option<String>,
    /// One of the window widths.
    pub width: Option<String>,
}

impl Shots {
    /// Builds the site as the tests do and photographs it.
    pub fn run(self, workspace: &Workspace) -> Outcome {
        let browser = engines::ensure(&[Engine::Chromium])?;
        let tools = Toolbox::for_build(workspace)?;
        let site = site::build_for_tests(workspace, &tools)?;
        let folder = workspace.shots();
        if self.is_everything() && folder.exists() {
            // Pictures of pages that are gone would stay in the index.
            fs::remove_dir_all(&folder).or_say(|| format!("empty {}", folder.display()))?;
        }
        let mut camera = Program::cargo()
            .args(["test", "--quiet", "-p", "e2e", "--test", "shots"])
            .directory(workspace.root())
            .env("INTERNO_E2E_SITE", site)
            .env("INTERNO_E2E_SERVER", workspace.binary("reservation-server"))
            .env("INTERNO_E2E_EVIDENCE", workspace.e2e_evidence())
            .env("INTERNO_E2E_ENGINES", Engine::Chromium.name())
            .env("INTERNO_SHOTS", folder);
        for (variable, program) in browser {
            camera = camera.env(variable, program);
        }
        for (name, wish) in [
            ("INTERNO_SHOTS_PAGE", self.page),
            ("INTERNO_SHOTS_WIDTH", self.width),
        ] {
            // A variable of the person's shell is no wish.
            camera = match wish {
                Some(wish) => camera.env(name, wish),
                None => camera.without_env(name),
            };
        }
        step(
            "Photographing every page (all of them: about 3 minutes)",
            || camera.run(),
        )
    }

    fn is_everything(&self) -> bool {
        self.page.is_none() && self.width.is_none()
    }
}
