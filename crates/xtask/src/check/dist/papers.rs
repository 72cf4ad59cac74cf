//! What can be seen of a release before anything runs.

use std::path::Path;

use super::house::House;
use crate::{
    dist::{read, write},
    program::Program,
    trouble::{Outcome, Trouble},
};

/// Where a release is, for whoever reads its papers.
const HOME: &str = "/opt/interno/";

/// What systemd's own judgement of the sandbox may be at most, in tenths: 20 is "OK", 100 "unsafe".
const EXPOSED: &str = "20";

/// Every file below `/opt/interno` that the papers name is in the release.
pub fn paths(release: &Path) -> Outcome {
    let mut named = 0;
    for paper in [
        "INSTALL.md",
        "systemd/interno.service",
        "nginx/interno.conf",
    ] {
        let text = read(&release.join(paper))?;
        for rest in text.split(HOME).skip(1) {
            let end = rest.find([' ', '\n', '`', ';', '"']);
            let path = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
            named += 1;
            if !release.join(path).exists() {
                return Err(Trouble::new(format!(
                    "{paper} names {HOME}{path}, which is not in the release."
                )));
            }
        }
    }
    if named == 0 {
        return Err(Trouble::new("No paper names a file, which proves nothing."));
    }
    Ok(())
}

/// The policy of nginx's page allows the style in it, by its hash.
pub fn style(release: &Path) -> Outcome {
    let page = read(&release.join("nginx/away.html"))?;
    let style = page
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"));
    let (style, _) = style.ok_or_else(|| Trouble::new("nginx's page has no style."))?;
    let file = release.with_file_name("style.css");
    write(&file, style)?;
    // A hash in bytes is no text: openssl writes both forms itself.
    let hash = Program::new("sh")
        .args([
            "-c",
            "openssl dgst -sha256 -binary \"$0\" | openssl base64 -A",
        ])
        .arg(&file)
        .output()?;
    let source = ["style-src 'sha256-", hash.trim(), "'"].concat();
    if read(&release.join("nginx/interno.conf"))?.contains(&source) {
        return Ok(());
    }
    Err(Trouble::new(format!(
        "The page of nginx has another style than its policy allows, which should say {source}."
    )))
}

/// systemd understands the unit, and finds that little is left open. Left out, and said, where there is no systemd.
pub fn unit(house: &House) -> Outcome {
    let analyze = || Program::new("systemd-analyze");
    if analyze().arg("--version").answer().is_none() {
        println!("    the unit was not read by systemd, which is not on this machine");
        return Ok(());
    }
    let unit = house.place().join("interno.service");
    write(&unit, house.unit()?)?;
    let told = analyze().arg("verify").arg(&unit).words_of()?;
    let told: Vec<_> = told
        .lines()
        .filter(|line| line.contains("interno.service"))
        .collect();
    if !told.is_empty() {
        return Err(Trouble::new(format!("systemd says: {}", told.join(" "))));
    }
    analyze()
        .args(["security", "--offline=yes", "--no-pager"])
        .args(["--threshold", EXPOSED])
        .arg(&unit)
        .answer()
        .map(|_| ())
        .ok_or_else(|| Trouble::new("systemd finds that the unit leaves more open than it may."))
}
