//! The server under test, with a data folder of its own.

use std::{
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::{sleep, timeout},
};

use crate::{
    altered,
    failure::{Failure, Outcome},
};

const HEALTH: &str = "/api/v1/health";
const PATIENCE: Duration = Duration::from_secs(30);

/// A path that `cargo xtask test` hands over.
pub fn given(variable: &str) -> Outcome<PathBuf> {
    let value = env::var_os(variable).map(PathBuf::from);
    value.ok_or_else(|| {
        Failure::new(format!(
            "{variable} is not set. Browser tests need a built site, a built server and a browser: \
             run them with `cargo xtask test`, or `cargo xtask test --only site --only e2e`."
        ))
    })
}

/// Below those that a system gives to whoever calls out: between being found free and being listened on, one of
/// theirs was taken by a browser's call.
const PORTS: Range<u32> = 20_000..32_000;

/// A port nobody listens on at this moment, and none that was answered before.
pub async fn free_port() -> Outcome<u16> {
    static TRIED: AtomicU32 = AtomicU32::new(0);
    let all = PORTS.end - PORTS.start;
    // Two runs at a time begin at different places.
    let first = std::process::id().wrapping_mul(97) % all;
    for _ in PORTS {
        let at = first.wrapping_add(TRIED.fetch_add(1, Ordering::Relaxed)) % all;
        let Ok(port) = u16::try_from(PORTS.start + at) else {
            continue;
        };
        if TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return Ok(port);
        }
    }
    Err(Failure::new("No port is free."))
}

/// A reservation server that serves the built site.
pub struct Site {
    folder: PathBuf,
    pages: PathBuf,
    settings: Option<PathBuf>,
    port: u16,
    server: Option<Child>,
}

impl Site {
    /// Starts a server with an empty data folder below `folder`, and waits until it answers.
    /// Every page runs the `scripts` before the app, which books with the API that `config` names.
    pub async fn start_new(
        folder: &Path,
        settings: Option<&str>,
        config: Option<&str>,
        scripts: &[&str],
    ) -> Outcome<Self> {
        let built = given("INTERNO_E2E_SITE")?;
        let pages = match (scripts, config) {
            ([], None) => built,
            _ => altered::site(&built, folder, scripts, config)?,
        };
        let settings = match settings {
            None => None,
            Some(text) => {
                let path = folder.join("server.toml");
                fs::write(&path, text)?;
                Some(path)
            }
        };
        let mut site = Self {
            folder: folder.to_owned(),
            pages,
            settings,
            port: free_port().await?,
            server: None,
        };
        site.start().await?;
        Ok(site)
    }

    /// The address of a path on this site.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The port it listens on, in all its lives.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every page that was generated, as the prerenderer listed them.
    pub fn pages() -> Outcome<Vec<String>> {
        let list = given("INTERNO_E2E_SITE")?.join("pages.json");
        let text = fs::read_to_string(&list)
            .map_err(|error| Failure::new(format!("{}: {error}", list.display())))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// A file of this site as it is served. Only for a flow with a site of its own: one that runs a
    /// script before the app.
    pub fn published(&self, name: &str) -> Outcome<String> {
        Ok(fs::read_to_string(self.pages.join(name))?)
    }

    /// Serves other words under a name from now on, in this flow's own copy of the site.
    pub fn publish(&self, name: &str, text: &str) -> Outcome {
        if !self.pages.starts_with(&self.folder) {
            return Err(Failure::new(
                "This site is every flow's: it stays as it is.",
            ));
        }
        // Removed first: the file is the original's too. Compressed copies hold the old words.
        for ending in ["", ".br", ".gz"] {
            let path = self.pages.join([name, ending].concat());
            if path.exists() {
                fs::remove_file(path)?;
            }
        }
        Ok(fs::write(self.pages.join(name), text)?)
    }

    /// Starts it (again): on the same port, with the data it had.
    pub async fn start(&mut self) -> Outcome {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.log())?;
        let mut command = Command::new(given("INTERNO_E2E_SERVER")?);
        command
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .arg("--data")
            .arg(self.folder.join("data"))
            .arg("--site")
            .arg(&self.pages);
        if let Some(settings) = &self.settings {
            command.arg("--settings").arg(settings);
        }
        let server = command
            // A developer's own database and keys must never see a test.
            .env_remove("DATABASE_URL")
            .env_remove("OCTO_API_KEY")
            .env_remove("RESERVATION_TOKEN_KEY")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        self.server = Some(server);
        self.answers().await
    }

    /// Asks it to end, as a service manager would, and waits until it has.
    pub async fn stop(&mut self) -> Outcome {
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        terminate(&mut server)
            .await
            .map_err(|failure| failure.while_doing("The server did not end when it was asked to"))
    }

    /// Ends it at once, as a power cut would.
    pub async fn kill(&mut self) -> Outcome {
        if let Some(mut server) = self.server.take() {
            server.kill().await?;
        }
        Ok(())
    }

    /// What the server printed so far, over all its lives.
    pub fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    async fn answers(&mut self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(server) = &mut self.server
                && let Some(status) = server.try_wait()?
            {
                return Err(self.silent(&format!("ended with {status} instead of listening")));
            }
            if self.is_healthy().await.unwrap_or(false) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err(self.silent(&format!("did not answer {HEALTH} in {PATIENCE:?}")))
    }

    async fn is_healthy(&self) -> Outcome<bool> {
        let ask = async {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
            let request =
                format!("GET {HEALTH} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            Ok(answer.starts_with(b"HTTP/1.1 200"))
        };
        timeout(Duration::from_secs(5), ask).await?
    }

    fn silent(&self, how: &str) -> Failure {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        Failure::new(format!("The server {how}. It printed:\n{log}"))
    }
}

/// SIGTERM and some patience; then SIGKILL, and a failure.
pub async fn terminate(child: &mut Child) -> Outcome {
    if let Some(id) = child.id() {
        // The shell's own `kill` is there wherever a shell is.
        let mut kill = Command::new("sh");
        kill.args(["-c", &format!("kill -TERM {id}")]);
        kill.status().await?;
    }
    let limit = Duration::from_secs(10);
    if timeout(limit, child.wait()).await.is_err() {
        child.kill().await?;
        return Err(Failure::new(format!("it was still there after {limit:?}")));
    }
    Ok(())
}
