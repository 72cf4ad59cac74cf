//! The reservation server in the background, with a data folder of its own.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::{
    program::{Program, Running},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A server that ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    _running: Running,
}

impl Server {
    /// Starts it on a free port and waits until it answers. Its log and data are in `folder`;
    /// `options` are those it has for files, such as `--site`.
    pub fn start(workspace: &Workspace, folder: &Path, options: &[(&str, &Path)]) -> Outcome<Self> {
        let data = folder.join("data");
        if data.exists() {
            fs::remove_dir_all(&data).or_say(|| format!("empty {}", data.display()))?;
        }
        fs::create_dir_all(&data).or_say(|| format!("create {}", data.display()))?;
        let log = folder.join("server.log");
        let file = File::create(&log).or_say(|| format!("write {}", log.display()))?;
        let address = free_address()?;
        let running = Program::new(workspace.binary("reservation-server"))
            .args(["--listen", &address.to_string()])
            .arg("--data")
            .arg(data)
            .files(options)
            // A developer's own database and key must never see a measurement.
            .without_env("DATABASE_URL")
            .without_env("RESERVATION_TOKEN_KEY")
            .directory(workspace.root())
            .start(file)?;
        let start = Instant::now();
        while !is_healthy(address) {
            if start.elapsed() > PATIENCE {
                return Err(Trouble::new(format!(
                    "The server did not answer on {address}; {} says what it printed.",
                    log.display()
                )));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(Self {
            address,
            _running: running,
        })
    }

    /// The address of a path on this site.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

/// An address of the loopback that nobody listens on.
pub fn free_address() -> Outcome<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .or_say(|| "find a free port".to_owned())
}

/// Whether a reservation server answers there that it is well.
pub fn is_healthy(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok::<_, std::io::Error>(answer.starts_with(b"HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
