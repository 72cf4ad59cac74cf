//! `cargo xtask simulate`: evenings of bookings, played by `crates/simulation`.

use crate::{program::Program, trouble::Outcome, workspace::Workspace};

/// Which evenings.
pub struct Seeds {
    /// How many.
    pub number: u64,
    /// The first.
    pub from: u64,
}

impl Default for Seeds {
    fn default() -> Self {
        Self {
            number: 100_000,
            from: 1,
        }
    }
}

impl Seeds {
    /// Plays them; the first that goes wrong is told.
    pub fn play(&self, workspace: &Workspace) -> Outcome {
        Program::cargo()
            .args(["run", "--quiet", "--package", "simulation", "--"])
            .args(["--seeds", &self.number.to_string()])
            .args(["--from", &self.from.to_string()])
            .directory(workspace.root())
            .run()
    }
}
