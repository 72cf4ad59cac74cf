//! The release at work: its server, started by its unit's own line, and nginx by its own file. What INSTALL.md puts
//! into /opt, /etc and /var is in one folder here, and its ports are any that are free.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::client::Client;
use crate::{
    dist::{EXAMPLE, empty, read, replaced, write},
    program::{Program, Running},
    server::{free_address, is_healthy},
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// Enough for a booking, and used up by whoever cannot stop.
const WRITES: &str = "writes_per_minute = 30";

/// The day for which INSTALL.md asks the desk.
const DAY: &str = "2026-12-05";

/// Where everything is.
pub struct House {
    place: PathBuf,
    back: SocketAddr,
    ports: (u16, u16),
    server: Option<Running>,
    front: Option<Running>,
}

impl House {
    /// Everything an operator does before the first start; `place` has the release.
    pub fn prepare(place: &Path) -> Outcome<Self> {
        let house = Self {
            place: place.to_path_buf(),
            back: free_address()?,
            ports: (free_address()?.port(), free_address()?.port()),
            server: None,
            front: None,
        };
        for folder in ["data", "etc", "log", "tls", "www", "front"] {
            empty(&place.join(folder))?;
        }
        let settings = read(&house.release().join("etc/server.toml"))?;
        let settings = replaced(&settings, "writes_per_minute = 600", WRITES)?;
        write(&place.join("etc/server.toml"), settings)?;
        house.certificate()?;
        Ok(house)
    }

    /// What an operator unpacks.
    pub fn release(&self) -> PathBuf {
        self.place.join("release")
    }

    /// Where this and that is kept.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Whoever calls from outside.
    pub fn client<'a>(&self, certificate: &'a Path) -> Client<'a> {
        Client {
            certificate,
            ports: self.ports,
        }
    }

    /// The certificate that nginx has.
    pub fn certificate_file(&self) -> PathBuf {
        self.place.join("tls/fullchain.pem")
    }

    /// The unit with the folders it has here.
    pub fn unit(&self) -> Outcome<String> {
        let unit = read(&self.release().join("systemd/interno.service"))?;
        let unit = replaced(&unit, "127.0.0.1:8080", &self.back.to_string())?;
        let unit = self.moved(&unit, "/opt/interno", "release")?;
        let unit = self.moved(&unit, "/var/lib/interno", "data")?;
        self.moved(&unit, "/etc/interno", "etc")
    }

    /// Starts the server by the unit's line, and waits until it is well.
    pub fn start_server(&mut self, workspace: &Workspace) -> Outcome {
        let unit = self.unit()?;
        let line = unit
            .lines()
            .find_map(|line| line.strip_prefix("ExecStart="));
        let mut words = line.unwrap_or_default().split(' ');
        let log = self.place.join("log/server.log");
        let file = File::options().append(true).create(true).open(&log);
        let running = Program::new(words.next().unwrap_or_default())
            .args(words)
            // A developer's own database, keys and mail are no part of a release.
            .without_env("DATABASE_URL")
            .without_env("RESERVATION_TOKEN_KEY")
            .without_env("RESERVATION_SMTP_PASSWORD")
            .without_env("OCTO_API_KEY")
            .directory(workspace.target())
            .start(file.or_say(|| format!("write {}", log.display()))?)?;
        self.server = Some(running);
        self.wait(|| is_healthy(self.back), "The server did not answer")
    }

    /// Stops it as systemd does.
    pub fn stop_server(&mut self) -> Outcome {
        // It has nothing under way: nginx's open connections must not keep it.
        let patience = Duration::from_secs(8);
        self.server
            .take()
            .map_or(Ok(()), |server| server.stop(patience))
    }

    /// What the house's own command tells of an evening, as INSTALL.md has it, but for the change of users.
    pub fn desk(&self, evening: &str) -> Outcome<String> {
        let text = read(&self.release().join("INSTALL.md"))?;
        let line = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("runuser -u interno -- "));
        let line = self.moved(line.unwrap_or_default(), "/opt/interno", "release")?;
        let line = self.moved(&line, "/var/lib/interno", "data")?;
        let line = self.moved(&line, "/etc/interno", "etc")?;
        let line = replaced(&line, DAY, evening)?;
        let mut words = line.split(' ');
        Program::new(words.next().unwrap_or_default())
            .args(words)
            .without_env("DATABASE_URL")
            .output()
    }

    /// Starts nginx by the file of the release, and waits until it passes calls on.
    pub fn start_front(&mut self, nginx: &Path) -> Outcome {
        let conf = self.place.join("front/nginx.conf");
        write(&self.place.join("front/interno.conf"), self.front_file()?)?;
        write(&conf, self.frame())?;
        let log = self.place.join("log/start.log");
        let file = File::create(&log).or_say(|| format!("write {}", log.display()))?;
        let running = Program::new(nginx)
            .files(&[("-c", &conf), ("-p", &self.place), ("-e", &log)])
            .args(["-g", "daemon off; master_process off;"])
            .start(file)?;
        self.front = Some(running);
        let certificate = self.certificate_file();
        let client = self.client(&certificate);
        let answers = || {
            let port = self.ports.0;
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
                && client.get("/api/v1/health", &[]).is_ok()
        };
        self.wait(answers, "nginx did not answer")
    }

    /// Stops both.
    pub fn stop(&mut self) -> Outcome {
        self.front
            .take()
            .map_or(Ok(()), |front| front.stop(PATIENCE))?;
        self.stop_server()
    }

    /// Where nginx may put what it has no room for in memory: a file, in which nothing can be put.
    pub fn leave_no_room(&self) -> Outcome {
        for folder in ["front/bodies", "front/answers"] {
            let folder = self.place.join(folder);
            let doing = || format!("take {} away", folder.display());
            fs::remove_dir_all(&folder).or_say(doing)?;
            fs::write(&folder, "").or_say(doing)?;
        }
        Ok(())
    }

    /// Everything that anybody wrote down.
    pub fn logs(&self) -> Outcome<String> {
        let mut all = String::new();
        for name in [
            "server.log",
            "start.log",
            "interno.log",
            "interno-error.log",
        ] {
            all += &read(&self.place.join("log").join(name))?;
        }
        Ok(all)
    }

    fn front_file(&self) -> Outcome<String> {
        let text = read(&self.release().join("nginx/interno.conf"))?;
        let (secure, plain) = self.ports;
        // This machine may have no IPv6.
        let lines = text.lines().filter(|line| !line.contains("listen [::]:"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let text = replaced(&text, "listen 443 ", &format!("listen 127.0.0.1:{secure} "))?;
        let text = replaced(&text, "listen 80;", &format!("listen 127.0.0.1:{plain};"))?;
        let text = replaced(&text, "127.0.0.1:8080", &self.back.to_string())?;
        let text = self.moved(&text, &["/etc/letsencrypt/live/", EXAMPLE].concat(), "tls")?;
        let text = self.moved(&text, "/var/log/nginx", "log")?;
        let text = self.moved(&text, "/var/www/html", "www")?;
        self.moved(&text, "/opt/interno", "release")
    }

    fn moved(&self, text: &str, from: &str, to: &str) -> Outcome<String> {
        replaced(text, from, &self.place.join(to).to_string_lossy())
    }

    /// As Debian's own nginx.conf, as far as it matters here.
    fn frame(&self) -> String {
        let at = |name: &str| self.place.join("front").join(name);
        let folder =
            |what: &str, name: &str| format!("  {what}_temp_path {};\n", at(name).display());
        let folders = [
            folder("client_body", "bodies"),
            folder("proxy", "answers"),
            folder("fastcgi", "other"),
            folder("uwsgi", "other"),
            folder("scgi", "other"),
        ];
        format!(
            "pid {};\nevents {{ worker_connections 768; }}\nhttp {{\n{}  gzip on;\n  include {};\n}}\n",
            at("pid").display(),
            folders.concat(),
            at("interno.conf").display()
        )
    }

    fn certificate(&self) -> Outcome {
        let tls = self.place.join("tls");
        Program::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"])
            .args(["-pkeyopt", "ec_paramgen_curve:prime256v1"])
            .args(["-subj", &["/CN=", EXAMPLE].concat()])
            .args(["-addext", &["subjectAltName=DNS:", EXAMPLE].concat()])
            .files(&[
                ("-keyout", &tls.join("privkey.pem")),
                ("-out", &tls.join("fullchain.pem")),
            ])
            .answer()
            .map(|_| ())
            .ok_or_else(|| Trouble::new("openssl made no certificate."))
    }

    fn wait(&self, done: impl Fn() -> bool, otherwise: &str) -> Outcome {
        let start = Instant::now();
        while !done() {
            if start.elapsed() > PATIENCE {
                let log = self.place.join("log");
                return Err(Trouble::new(format!(
                    "{otherwise}; {} says what was printed.",
                    log.display()
                )));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}
