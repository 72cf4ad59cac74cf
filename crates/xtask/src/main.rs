//! `cargo xtask`: builds, serves and tests the site with one command each.
//!
//! It exists so that a fresh clone needs nothing but Rust and Node.js: whatever else a step
//! needs is installed where it is missing, in versions this repository holds.

mod bench;
mod check;
mod cli;
mod dist;
mod lockfile;
mod optimize;
mod program;
mod serve;
mod server;
mod shots;
mod simulate;
mod site;
mod slim;
mod split;
mod tools;
mod trouble;
mod workspace;

use std::process::ExitCode;

use cli::Task;
use tools::{Engine, Toolbox, engines, front, postgres};
use trouble::Outcome;
use workspace::Workspace;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\nxtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<ExitCode> {
    let task = cli::parse(lexopt::Parser::from_env())?;
    if matches!(task, Task::Help) {
        print!("{}", cli::HELP);
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::find()?;
    match task {
        Task::Help => {}
        Task::Setup => {
            Toolbox::for_tests(&workspace)?;
            tools::checkers(&workspace)?;
            tools::fuzzer(&workspace)?;
            engines::ensure(&Engine::ALL)?;
            postgres::ensure()?;
            front::ensure()?;
            println!("==> Everything is there");
        }
        Task::Serve(serve) => serve.run(&workspace)?,
        Task::Build { origin } => {
            let tools = Toolbox::for_build(&workspace)?;
            site::build(&workspace, &tools, &origin)?;
            println!("==> The site for {origin} is in dist/");
        }
        Task::Dist { origin } => dist::make(&workspace, &dist::Address::of(&origin)?)?,
        Task::Content => site::content(&workspace)?,
        Task::Headers => site::headers(&workspace)?,
        Task::Offline(kept) => site::offline(&workspace, kept.unwrap_or(true))?,
        Task::Shots(shots) => {
            shots.run(&workspace)?;
            println!("==> The pictures are in {}", workspace.shots().display());
        }
        Task::Bench(figures) => figures.run(&workspace)?,
        Task::Simulate(seeds) => seeds.play(&workspace)?,
        Task::Test(wishes) => return Ok(check::run(&workspace, &wishes)),
    }
    Ok(ExitCode::SUCCESS)
}
