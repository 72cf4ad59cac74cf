//! The server as it is shipped, in a process of its own, and what the system says of its memory.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reservation_server::settings::DEFAULT;

use crate::wire::Wire;

/// A folder for a server's data, settings and site.
pub struct Home {
    folder: PathBuf,
    url: Option<String>,
}

/// A server under way.
pub struct Server {
    child: Child,
    address: String,
}

impl Home {
    /// An empty one, with so many places that nothing sells out.
    pub fn new(folder: PathBuf, url: Option<String>) -> io::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("site"))?;
        let settings = DEFAULT
            .replace("writes_per_minute = 600", "writes_per_minute = 1000000")
            .replace("\nplaces = 60", "\nplaces = 10000");
        fs::write(folder.join("server.toml"), settings)?;
        Ok(Self { folder, url })
    }

    pub fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("data/reservations.sqlite")
    }

    pub fn start(&self) -> io::Result<Server> {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_reservation-server")));
        command
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(self.folder.join("data"))
            .arg("--settings")
            .arg(self.folder.join("server.toml"))
            .arg("--site")
            .arg(self.site())
            .env_remove("RESERVATION_TOKEN_KEY")
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(File::create(self.folder.join("log"))?);
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        let mut child = command.spawn()?;
        let mut line = String::new();
        let out = child.stdout.as_mut();
        BufReader::new(out.ok_or(io::ErrorKind::BrokenPipe)?).read_line(&mut line)?;
        let address = line.trim_end().strip_prefix("listening on http://");
        let address = address
            .ok_or_else(|| {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                io::Error::other(format!("the server did not start: {log}"))
            })?
            .to_owned();
        Ok(Server { child, address })
    }
}

impl Server {
    pub fn wire(&self) -> io::Result<Wire> {
        Wire::to(&self.address)
    }

    /// How long it has had the processor, where the system tells (in hundredths of a second).
    pub fn busy(&self) -> Option<Duration> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // After its name, which may hold anything: user and system time are the 12th and 13th.
        let (_, fields) = text.rsplit_once(')')?;
        let mut ticks = fields.split_whitespace().skip(11);
        let (user, system): (u64, u64) = (ticks.next()?.parse().ok()?, ticks.next()?.parse().ok()?);
        Some(Duration::from_millis(10 * (user + system)))
    }

    /// Bytes in memory, now (`VmRSS`) or at most so far (`VmHWM`), where the system tells.
    pub fn memory(&self, line: &str) -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let mut lines = text.lines();
        let told = lines.find_map(|its| its.strip_prefix(line)?.strip_prefix(':'))?;
        let kilobytes: u64 = told.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_has_ended = self.child.wait();
    }
}
