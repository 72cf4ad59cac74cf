//! `cargo xtask dist`: everything a venue's machine needs, as one folder and one archive.
//!
//! What an operator reads and runs is in `crates/xtask/dist`, whole files that name www.example.org; a release names its
//! own address there instead.

mod archive;
mod licences;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    program::{Program, step},
    site,
    tools::Toolbox,
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// The name that the sources of a release have.
pub const EXAMPLE: &str = "www.example.org";

/// Where a file comes from, and where it is in a release.
const PAPERS: [(&str, &str); 6] = [
    ("crates/xtask/dist/INSTALL.md", "INSTALL.md"),
    (
        "crates/xtask/dist/interno.service",
        "systemd/interno.service",
    ),
    ("crates/xtask/dist/nginx.conf", "nginx/interno.conf"),
    ("crates/xtask/dist/away.html", "nginx/away.html"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
];

const SERVER: &str = "crates/reservation-server";
/// What its settings say of proxies, and what they say behind the nginx of a release.
const NOBODY: &str = "trusted_proxies = []";
const THIS_MACHINE: &str = "trusted_proxies = [\"127.0.0.1\", \"::1\"]";

/// How INSTALL.md tells what a server needs of its system.
const SYSTEM: &str = "glibc 2.36";

/// The address a release is made for.
pub struct Address {
    host: String,
}

impl Address {
    /// Of an origin with https and no port: the nginx of a release listens where browsers look first.
    pub fn of(origin: &str) -> Outcome<Self> {
        let host = origin.strip_prefix("https://");
        match host.filter(|host| !host.contains(':')) {
            Some(host) => Ok(Self {
                host: host.to_owned(),
            }),
            None => Err(Trouble::new(format!(
                "`{origin}` is no address for a release; write https and a name only, like \
                 https://{EXAMPLE}. What is served otherwise is built by `cargo xtask build`."
            ))),
        }
    }

    /// As the pages name it.
    pub fn origin(&self) -> String {
        ["https://", &self.host].concat()
    }
}

/// Makes the release for this machine's kind of system, and says where it is.
pub fn make(workspace: &Workspace, address: &Address) -> Outcome {
    let tools = Toolbox::for_build(workspace)?;
    let name = name()?;
    let folder = workspace.releases().join(&name);
    empty(&folder)?;
    site::build_for(workspace, &tools, &address.origin(), &folder.join("site"))?;
    let server = compile(workspace)?;
    step("Laying out the release", || {
        lay_out(workspace, address, &name, &server, &folder)
    })?;
    step("Gathering licences", || {
        licences::gather(workspace, &folder.join("licences"))
    })?;
    let archive = step("Packing", || {
        archive::sums(&folder)?;
        archive::pack(workspace, &folder)
    })?;
    println!("==> The release for {} is", address.origin());
    println!("    {}", folder.display());
    println!("    {} ({})", archive.display(), megabytes(&archive)?);
    println!("    INSTALL.md in it says how to go on.");
    Ok(())
}

/// Puts together what is no site: the server, its settings, and what an operator needs around it.
pub fn lay_out(
    workspace: &Workspace,
    address: &Address,
    name: &str,
    server: &Path,
    folder: &Path,
) -> Outcome {
    let system = format!("glibc 2.{}", newest_symbol(server)?);
    for (from, to) in PAPERS {
        let text = read(&workspace.root().join(from))?;
        let text = text
            .replace("interno-VERSION", name)
            .replace(SYSTEM, &system);
        write(&folder.join(to), text.replace(EXAMPLE, &address.host))?;
    }
    for file in ["server.toml", "octo.toml"] {
        let text = read(&workspace.root().join(SERVER).join(file))?;
        let text = replaced(&text, NOBODY, THIS_MACHINE)?;
        let own = [&address.origin(), "/"].concat();
        let text = text.replace("https://example.com/", &own);
        write(&folder.join("etc").join(file), text)?;
    }
    let words = workspace.root().join(SERVER).join("messages.toml");
    write(&folder.join("etc/messages.toml"), read(&words)?)?;
    copy(server, &folder.join("bin/reservation-server"))
}

/// The second number of the oldest glibc a program starts with: that of the newest symbol it asks for.
fn newest_symbol(program: &Path) -> Outcome<u32> {
    const SYMBOL: &[u8] = b"GLIBC_2.";
    let bytes = fs::read(program).or_say(|| format!("read {}", program.display()))?;
    let found = bytes.windows(SYMBOL.len() + 2).filter_map(|window| {
        let digits = window.strip_prefix(SYMBOL)?;
        let text = str::from_utf8(digits).ok()?;
        text.trim_end_matches(|last: char| !last.is_ascii_digit())
            .parse()
            .ok()
    });
    Ok(found.max().unwrap_or_default())
}

/// A text with one thing in place of another; one that is not there would be left as it is by silence.
pub fn replaced(text: &str, from: &str, to: &str) -> Outcome<String> {
    if !text.contains(from) {
        return Err(Trouble::new(format!(
            "A file of the release no longer says `{from}`."
        )));
    }
    Ok(text.replace(from, to))
}

/// Version and system, as the folder is called.
fn name() -> Outcome<String> {
    let told = Program::cargo().arg("-vV").output()?;
    let system = told.lines().find_map(|line| line.strip_prefix("host: "));
    let system = system.ok_or_else(|| Trouble::new("`cargo -vV` does not tell its host."))?;
    Ok(["interno-", env!("CARGO_PKG_VERSION"), "-", system].concat())
}

/// The server as it is shipped. It names no folder of the machine that compiled it.
fn compile(workspace: &Workspace) -> Outcome<PathBuf> {
    step(
        "Compiling the server for a release (first time: about 6 minutes)",
        || {
            Program::cargo()
                .args(["build", "--locked", "--release", "-p", "reservation-server"])
                .env("RUSTFLAGS", site::remap_paths(workspace))
                .directory(workspace.root())
                .run()
        },
    )?;
    Ok(workspace.target().join("release/reservation-server"))
}

/// An empty folder, whatever was there.
pub fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).or_say(|| format!("empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).or_say(|| format!("create {}", folder.display()))
}

/// A file's text.
pub fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).or_say(|| format!("read {}", file.display()))
}

/// Writes a file and the folders above it.
pub fn write(file: &Path, content: impl AsRef<[u8]>) -> Outcome {
    folder_of(file)?;
    fs::write(file, content).or_say(|| format!("write {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    folder_of(to)?;
    fs::copy(from, to)
        .map(|_bytes| ())
        .or_say(|| format!("copy {} to {}", from.display(), to.display()))
}

fn folder_of(file: &Path) -> Outcome {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).or_say(|| format!("create {}", folder.display()))
}

fn megabytes(file: &Path) -> Outcome<String> {
    let size = fs::metadata(file).or_say(|| format!("measure {}", file.display()))?;
    let tenths = size.len() / 100_000;
    Ok(format!("{}.{} MB", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_an_address_that_browsers_look_at_first() {
        assert_eq!(Address::of("https://a.example").unwrap().host, "a.example");
        assert!(Address::of("http://a.example").is_err());
        assert!(Address::of("https://a.example:8443").is_err());
    }

    #[test]
    fn the_newest_symbol_of_a_program_counts() {
        let file = std::env::temp_dir().join(format!("symbols-{}", std::process::id()));
        fs::write(&file, b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0").unwrap();
        assert_eq!(newest_symbol(&file).unwrap(), 34);
        fs::remove_file(file).unwrap();
    }

    #[test]
    fn what_is_to_be_replaced_has_to_be_there() {
        assert_eq!(replaced("a b", "b", "c").unwrap(), "a c");
        assert!(replaced("a b", "d", "c").is_err());
    }
}
