//! How fast the reservation server is. Measured by a benchmark of its package, with the program as it is
//! shipped, on an empty database of its own.

use std::{fs, path::Path};

use crate::{
    program::{Program, step},
    tools::postgres,
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

/// Measures it, and gives back what goes into the report.
pub fn report(workspace: &Workspace) -> Outcome<String> {
    let folder = workspace.bench();
    fs::create_dir_all(&folder).or_say(|| format!("create {}", folder.display()))?;
    let file = folder.join("speed.md");
    let mut program = Program::cargo()
        .args(["bench", "--quiet", "-p", "reservation-server"])
        .args(["--bench", "speed"])
        .directory(workspace.root())
        .env("INTERNO_SPEED", &file)
        // Beside the report, because a folder for temporary files may be no disk.
        .env("INTERNO_SPEED_FOLDER", &folder);
    if let Some((variable, programs)) = postgres::installed() {
        program = program.env(variable, programs);
    }
    step(
        "Measuring the reservation server (about 2 minutes, and the first time some more to compile)",
        || program.run(),
    )?;
    let figures = fs::read_to_string(&file).or_say(|| format!("read {}", file.display()))?;
    Ok(match load() {
        Some(load) => format!("{figures}\nLoad of the machine when this ended: {load}.\n"),
        None => figures,
    })
}

/// What else the machine was doing, where the system tells.
fn load() -> Option<String> {
    let text = fs::read_to_string(Path::new("/proc/loadavg")).ok()?;
    let minutes: Vec<_> = text.split(' ').take(3).collect();
    let cores = std::thread::available_parallelism().ok()?;
    Some(format!("{} on {cores} cores", minutes.join(", ")))
}
