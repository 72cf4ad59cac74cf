//! Running other programs: with our tools first on PATH, and with errors a person can act on.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use crate::trouble::{OrSay, Outcome, Trouble};

/// One program about to be run.
pub struct Program {
    command: Command,
    name: String,
}

impl Program {
    /// Starts describing a run of `name`, found on PATH or given as a path.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name.as_ref());
        forget_our_own_package(&mut command);
        let name = Path::new(name.as_ref())
            .file_name()
            .unwrap_or(name.as_ref())
            .to_string_lossy()
            .into_owned();
        Self { command, name }
    }

    /// The cargo that runs us, so that every step uses one toolchain.
    pub fn cargo() -> Self {
        Self::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args);
        self
    }

    /// Options that each name a file or a folder.
    pub fn files(mut self, options: &[(&str, &Path)]) -> Self {
        for (name, file) in options {
            self.command.arg(name).arg(file);
        }
        self
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn without_env(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    pub fn directory(mut self, directory: &Path) -> Self {
        self.command.current_dir(directory);
        self
    }

    /// Puts these folders before everything else on PATH, for this program and what it starts.
    pub fn with_path(self, folders: &[PathBuf]) -> Self {
        let rest = env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().cloned().chain(env::split_paths(&rest));
        let joined = env::join_paths(all).unwrap_or(rest);
        self.env("PATH", joined)
    }

    /// Runs to the end with our own output; anything but success is trouble.
    pub fn run(mut self) -> Outcome {
        self.command.stdin(Stdio::null());
        let status = self.command.status().or_say(|| self.starting())?;
        self.succeeded(status)
    }

    /// Runs to the end and answers what it printed.
    pub fn output(mut self) -> Outcome<String> {
        self.command.stdin(Stdio::null()).stderr(Stdio::inherit());
        let output = self.command.output().or_say(|| self.starting())?;
        self.succeeded(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// What it prints, or nothing if it is missing or fails: for asking a tool who it is.
    pub fn answer(mut self) -> Option<String> {
        self.command.stdin(Stdio::null()).stderr(Stdio::null());
        let output = self.command.output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// All it says, to whichever end it comes.
    pub fn words_of(mut self) -> Outcome<String> {
        self.command.stdin(Stdio::null());
        let output = self.command.output().or_say(|| self.starting())?;
        let all = [output.stdout, output.stderr].concat();
        Ok(String::from_utf8_lossy(&all).into_owned())
    }

    /// Runs to the end, hands over each line of standard output as it comes, and answers
    /// whether it succeeded.
    pub fn watch(mut self, mut line: impl FnMut(&str)) -> Outcome<bool> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = self.command.spawn().or_say(|| self.starting())?;
        if let Some(stdout) = child.stdout.take() {
            // Tests may print anything, also what is not UTF-8.
            for bytes in BufReader::new(stdout).split(b'\n') {
                let bytes = bytes.or_say(|| format!("read what {} prints", self.name))?;
                line(&String::from_utf8_lossy(&bytes));
            }
        }
        let status = child.wait().or_say(|| self.starting())?;
        Ok(status.success())
    }

    /// Starts it in the background, with its words in a file, until the answer is dropped.
    pub fn start(mut self, log: File) -> Outcome<Running> {
        let same = log.try_clone().or_say(|| self.starting())?;
        self.command.stdin(Stdio::null()).stdout(same).stderr(log);
        self.command.spawn().map(Running).or_say(|| self.starting())
    }

    /// Becomes this program where the system can do that: Ctrl-C and every other signal then
    /// reach it directly, and it ends as it sees fit.
    pub fn become_it(mut self) -> Outcome {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            let error = self.command.exec();
            Err(error).or_say(|| self.starting())
        }
        #[cfg(not(unix))]
        {
            let status = self.command.status().or_say(|| self.starting())?;
            self.succeeded(status)
        }
    }

    fn starting(&self) -> String {
        format!("start {}", self.name)
    }

    fn succeeded(&self, status: ExitStatus) -> Outcome {
        if status.success() {
            return Ok(());
        }
        Err(Trouble::new(format!(
            "`{}` ended with {status}; its own words are above.",
            self.words()
        )))
    }

    fn words(&self) -> String {
        let args = self.command.get_args().map(OsStr::to_string_lossy);
        let mut words = self.name.clone();
        for arg in args {
            words.push(' ');
            words.push_str(&arg);
        }
        words
    }
}

/// A program in the background. It ends with its owner.
pub struct Running(Child);

impl Running {
    /// Asks it to end, as a system does, and answers when it has: by itself, or after this long by force.
    pub fn stop(mut self, patience: Duration) -> Outcome {
        let name = self.0.id().to_string();
        Program::new("kill").args(["-TERM", &name]).run()?;
        let start = Instant::now();
        while start.elapsed() < patience {
            let ended = self.0.try_wait();
            if let Some(status) = ended.or_say(|| "wait for a program's end".to_owned())? {
                return if status.success() {
                    Ok(())
                } else {
                    Err(Trouble::new(format!(
                        "A program that was asked to end ended with {status}."
                    )))
                };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(Trouble::new(format!(
            "A program that was asked to end was still there after {}.",
            spoken(patience)
        )))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _it_may_have_ended = self.0.kill();
        let _so_that_its_port_is_free = self.0.wait();
    }
}

/// `cargo run` describes *our* package in the environment. A build script that watches one of
/// these would be run again each time a build is started from here instead of by hand.
fn forget_our_own_package(command: &mut Command) {
    let ours = |key: &OsString| {
        let key = key.to_string_lossy();
        key.starts_with("CARGO_PKG_") || key.starts_with("CARGO_MANIFEST_")
    };
    for (key, _) in env::vars_os().filter(|(key, _)| ours(key)) {
        command.env_remove(key);
    }
}

/// Says what starts now and, when dropped out of, how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {what}");
    let start = Instant::now();
    let result = work()?;
    println!("    done in {}", spoken(start.elapsed()));
    Ok(result)
}

/// A duration as a person says it.
pub fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 10 {
        format!("{:.1} s", time.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(spoken(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(42)), "42 s");
        assert_eq!(spoken(Duration::from_secs(187)), "3 min 07 s");
    }

    #[test]
    fn a_failing_program_is_named_with_its_words() {
        let trouble = Program::cargo().arg("no-such-command").output();
        let sentence = trouble.map(|_| ()).expect_err("it fails").to_string();
        assert!(sentence.contains("no-such-command"), "{sentence}");
    }
}
