//! The page every other is measured against: the same content, fonts and art, written by hand and without an app.

use std::fs;

use crate::{
    program::Program,
    server::Server,
    trouble::{OrSay, Outcome},
    workspace::Workspace,
};

const PAGE: &str = "tests/bench/floor.html";

/// As the prerenderer presses the site's own pages.
const PRESS: &str = "const { readFileSync, writeFileSync } = require('fs');
    const page = process.argv[1];
    writeFileSync(`${page}.br`, require('zlib').brotliCompressSync(readFileSync(page)));";

/// Serves it as the site is served, with the site's own fonts.
pub fn serve(workspace: &Workspace) -> Outcome<Server> {
    let folder = workspace.bench().join("floor");
    let (public, fonts) = (folder.join("site"), folder.join("site/fonts"));
    fs::create_dir_all(&fonts).or_say(|| format!("create {}", fonts.display()))?;
    let own = workspace.root().join("public/fonts");
    let files = fs::read_dir(&own).or_say(|| format!("read {}", own.display()))?;
    for file in files {
        let file = file.or_say(|| format!("read {}", own.display()))?;
        let copy = fonts.join(file.file_name());
        fs::copy(file.path(), &copy).or_say(|| format!("write {}", copy.display()))?;
    }
    let page = public.join("index.html");
    fs::copy(workspace.root().join(PAGE), &page).or_say(|| format!("copy {PAGE}"))?;
    Program::new("node").args(["-e", PRESS]).arg(&page).run()?;
    Server::start(workspace, &folder, &[("--site", &public)])
}
