//! A real PostgreSQL for tests, started once a process on a free port of the loopback.
//!
//! Where its programs are is told by `INTERNO_POSTGRES` (the folder with `initdb`), or found in
//! `/usr/lib/postgresql`. Where there is none, tests fail with a sentence: none is skipped. The cluster
//! is in a folder of its own, syncs nothing to disk, and ends with the process, however that ends.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "only for tests, which should stop where the database cannot be had"
)]

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const USER: &str = "interno";
const PATIENCE: Duration = Duration::from_mins(1);

/// Stops with the pipe on its standard input, which the system closes when the tests' process ends.
const KEEPER: &str = r#"
"$1/postgres" -D "$2" >"$2/log" 2>&1 </dev/null &
cat >/dev/null
kill -QUIT $! 2>/dev/null
wait $!
rm -rf "$2"
"#;

const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = 64MB
fsync = off
full_page_writes = off
autovacuum = off
";

/// A cluster under way.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    keeper: Child,
}

/// The address of a new, empty database in the process's own cluster.
///
/// # Panics
/// If there is no PostgreSQL on this machine, or it does not start.
pub fn fresh() -> String {
    shared().fresh()
}

/// Removes a database that [`fresh`] has made, whoever is still connected to it.
///
/// # Panics
/// If there is none.
pub fn remove(url: &str) {
    let name = url.rsplit('/').next().unwrap_or_default();
    run(shared().client("dropdb").args(["--force", name]));
}

/// One of PostgreSQL's own programs, of the version that the databases here have.
///
/// # Panics
/// If there is no PostgreSQL on this machine.
pub fn program(name: &str) -> Command {
    Command::new(programs().join(name))
}

fn shared() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

impl Cluster {
    /// Starts one that is shared with nobody: to be stopped, and started again, by the test.
    ///
    /// # Panics
    /// If there is no PostgreSQL on this machine, or it does not start.
    pub fn start() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new()
            .prefix("test-database-")
            .tempdir()
            .expect("a folder for the database")
            .keep();
        let owner = owner();
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group)).expect("the folder is the database's");
        }
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.arg("-D").arg(&folder).args([
            "--username",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        run(as_owner(&mut initdb, owner));
        let port = free_port();
        let file = folder.join("postgresql.conf");
        let given = fs::read_to_string(&file).expect("initdb has written its settings");
        fs::write(&file, format!("{given}{SETTINGS}port = {port}\n")).expect("settings");
        let keeper = keeper(&programs, &folder, owner);
        let cluster = Self {
            programs,
            folder,
            port,
            keeper,
        };
        cluster.wait();
        cluster
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// If it cannot be made.
    pub fn fresh(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        run(self.client("createdb").arg(&name));
        format!("postgres://{USER}@127.0.0.1:{}/{name}", self.port)
    }

    /// Ends it without a word to its clients, as a machine that loses its power.
    ///
    /// # Panics
    /// If it cannot be signalled.
    pub fn kill(&mut self) {
        let pid = fs::read_to_string(self.folder.join("postmaster.pid")).expect("it runs");
        let pid = pid.lines().next().expect("its process").to_owned();
        run(Command::new("kill").args(["-QUIT", &pid]));
        let started = Instant::now();
        while self.answers() {
            assert!(started.elapsed() < PATIENCE, "the database does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Starts it again, with the same data on the same port.
    ///
    /// # Panics
    /// If it does not start.
    pub fn restart(&mut self) {
        let old = std::mem::replace(
            &mut self.keeper,
            keeper(&self.programs, &self.folder, owner()),
        );
        // Its database is gone; ended by force, it leaves the folder to its successor.
        end(old);
        self.wait();
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["--host", "127.0.0.1", "--username", USER, "--port"]);
        command.arg(self.port.to_string());
        command
    }

    fn answers(&self) -> bool {
        let mut asked = self.client("pg_isready");
        asked
            .arg("--quiet")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        asked.status().expect("pg_isready runs").success()
    }

    fn wait(&self) {
        let started = Instant::now();
        while !self.answers() {
            if started.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                panic!("PostgreSQL does not answer; it said:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _it_has_ended = self.keeper.wait();
    }
}

fn keeper(programs: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Child {
    let mut command = Command::new("sh");
    command
        .args(["-c", KEEPER, "keeper"])
        .arg(programs)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A Ctrl-C for the tests is not one for the database: it ends when they have.
        .process_group(0);
    as_owner(&mut command, owner)
        .spawn()
        .expect("a shell to keep the database")
}

fn end(mut keeper: Child) {
    let _it_may_have_ended = keeper.kill();
    let _it_has_ended = keeper.wait();
}

fn programs() -> PathBuf {
    if let Some(told) = std::env::var_os("INTERNO_POSTGRES") {
        return told.into();
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<PathBuf> = versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().expect(
        "These tests need PostgreSQL's programs: on Debian, apt-get install postgresql; or tell the \
         folder with initdb in INTERNO_POSTGRES.",
    )
}

/// PostgreSQL refuses to run as root: then it runs as the user its package has made, or as nobody.
fn owner() -> Option<(u32, u32)> {
    let me = fs::metadata("/proc/self").map_or(1, |me| me.uid());
    if me != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = ["postgres", "nobody"].iter().find_map(|name| {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2);
        Some((ids.next()?.parse().ok()?, ids.next()?.parse().ok()?))
    });
    Some(found.unwrap_or((65_534, 65_534)))
}

fn as_owner(command: &mut Command, owner: Option<(u32, u32)>) -> &mut Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    // Wherever the tests run, the database's user may not be allowed to be.
    command.current_dir("/")
}

fn run(command: &mut Command) {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} failed: {said}");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_ends_with_its_owner_and_leaves_nothing() {
        let mut cluster = Cluster::start();
        assert!(cluster.fresh().starts_with("postgres://"));
        cluster.kill();
        assert!(!cluster.answers());
        cluster.restart();
        assert!(cluster.answers());
        let folder = cluster.folder.clone();
        drop(cluster);
        assert!(!folder.exists());
    }
}
