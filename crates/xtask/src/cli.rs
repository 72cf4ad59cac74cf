//! What was asked for on the command line.

use std::{net::SocketAddr, path::PathBuf};

use lexopt::prelude::*;

use crate::{
    bench::Figures,
    check::Wishes,
    serve::Serve,
    shots::Shots,
    simulate::Seeds,
    trouble::{OrSay, Outcome, Trouble},
};

/// What `--help` says.
pub const HELP: &str = "\
Builds, serves and tests INTERNO's site.

cargo xtask serve [--listen 127.0.0.1:8080] [--data data] [--origin URL]
    Builds everything and serves it with a real reservation server, in trial mode.
cargo xtask build --origin URL
    Builds the finished site into dist/, for the address it will have.
cargo xtask dist --origin URL
    Makes a release for that address in target/dist-release/: the site, the server compiled for use,
    settings, a unit for systemd, nginx in front, and INSTALL.md; the same as one archive.
cargo xtask content
    Renders pages and data again after an edit in content/, without compiling WebAssembly.
cargo xtask headers
    Writes dist/_headers again after dist/config.json was pointed at another server.
cargo xtask offline on|off
    Takes the copies of the site in dist/ off every phone that comes by (off), or lets phones keep
    them again (on, as after every build).
cargo xtask test [--long] [--only STAGE]… [--engine NAME]… [--flow NAME]
    Everything CI runs, with a sample of the browser tests in Firefox and WebKit, and of the
    server's random histories, crashes and made-up calls; --long runs all of them (hours). --only
    picks stages; --engine (chromium, firefox, webkit) and --flow (a part of a name) pick browser
    tests.
cargo xtask simulate [--seeds 100000] [--from 1]
    Plays that many evenings of bookings, beginning with this seed: the real wizard against a bad
    network. One that goes wrong is told with its seed; `test` plays the first hundred thousand.
cargo xtask shots [--page PART] [--width 360|390|1280]
    Photographs every page into target/shots/, for eyes. --page picks pages by a part of their path.
cargo xtask bench [--pace] [--lighthouse] [--server]
    Tables of what a phone downloads, of which crates the program is made, and how much there is to
    read; with --pace also how soon the
    wizard, its steps and the menu's filter answer on a slow processor and network; with --lighthouse
    also the scores of every type of page beside one without an app, which takes half an hour. --server measures the reservation server instead: durable
    bookings against its database, what is free against a file, memory; keep the machine quiet
    meanwhile. Figures only, never a gate.
cargo xtask setup
    Only installs what the others need.

Tools are kept in ~/.cache/interno-tools (INTERNO_TOOLS chooses another folder).
CARGO_TARGET_DIR is honoured.
";

/// The task to run.
pub enum Task {
    Help,
    Setup,
    Serve(Serve),
    Build {
        origin: String,
    },
    Dist {
        origin: String,
    },
    Content,
    Headers,
    /// Whether phones may keep copies.
    Offline(Option<bool>),
    Test(Wishes),
    Simulate(Seeds),
    Shots(Shots),
    Bench(Figures),
}

/// Reads the command line.
pub fn parse(mut args: lexopt::Parser) -> Outcome<Task> {
    let task = match next(&mut args)? {
        None => return Ok(Task::Help),
        Some(Wish::Option(name)) if name == "help" => return Ok(Task::Help),
        Some(Wish::Option(name)) => return Err(unknown(&format!("--{name}"))),
        Some(Wish::Word(word)) => word,
    };
    let task = match task.as_str() {
        "help" => return Ok(Task::Help),
        "setup" => Task::Setup,
        "serve" => Task::Serve(Serve::default()),
        "build" => Task::Build {
            origin: String::new(),
        },
        "dist" => Task::Dist {
            origin: String::new(),
        },
        "content" => Task::Content,
        "headers" => Task::Headers,
        "offline" => Task::Offline(None),
        "test" => Task::Test(Wishes::default()),
        "simulate" => Task::Simulate(Seeds::default()),
        "bench" => Task::Bench(Figures::default()),
        "shots" => Task::Shots(Shots::default()),
        other => return Err(unknown(&format!("`{other}`"))),
    };
    options(task, &mut args)
}

fn options(mut task: Task, args: &mut lexopt::Parser) -> Outcome<Task> {
    while let Some(wish) = next(args)? {
        let name = match wish {
            Wish::Word(word) => {
                match (&mut task, word.as_str()) {
                    (Task::Offline(kept), "on") => *kept = Some(true),
                    (Task::Offline(kept), "off") => *kept = Some(false),
                    _ => return Err(unknown(&format!("`{word}`"))),
                }
                continue;
            }
            Wish::Option(name) if name == "help" => return Ok(Task::Help),
            Wish::Option(name) => name,
        };
        match (&mut task, name.as_str()) {
            (Task::Serve(serve), "listen") => serve.listen = address(&value(args, &name)?)?,
            (Task::Serve(serve), "data") => serve.data = Some(folder(&value(args, &name)?)?),
            (Task::Serve(serve), "origin") => {
                serve.origin = Some(checked_origin(&value(args, &name)?)?);
            }
            (Task::Build { origin } | Task::Dist { origin }, "origin") => {
                *origin = checked_origin(&value(args, &name)?)?;
            }
            (Task::Test(wishes), "only") => wishes.only(&value(args, &name)?)?,
            (Task::Test(wishes), "engine") => wishes.engine(&value(args, &name)?)?,
            (Task::Test(wishes), "long") => wishes.long = true,
            (Task::Test(wishes), "flow") => wishes.flow = Some(value(args, &name)?),
            (Task::Simulate(seeds), "seeds") => seeds.number = number(&value(args, &name)?)?,
            (Task::Simulate(seeds), "from") => seeds.from = number(&value(args, &name)?)?,
            (Task::Bench(figures), "lighthouse") => figures.lighthouse = true,
            (Task::Bench(figures), "pace") => figures.pace = true,
            (Task::Bench(figures), "server") => figures.server = true,
            (Task::Shots(shots), "page") => shots.page = Some(value(args, &name)?),
            (Task::Shots(shots), "width") => shots.width = Some(value(args, &name)?),
            _ => return Err(unknown(&format!("--{name}"))),
        }
    }
    if matches!(&task, Task::Offline(None)) {
        return Err(Trouble::new(
            "Say `cargo xtask offline off` to take the site's copies off every phone, or \
             `cargo xtask offline on` to let phones keep them again.",
        ));
    }
    if matches!(&task, Task::Build { origin } | Task::Dist { origin } if origin.is_empty()) {
        return Err(Trouble::new(
            "A built site names its own address in every page (canonical links, the sitemap, \
             shared pictures): say it with --origin, for example \
             `--origin https://www.example.org`.",
        ));
    }
    Ok(task)
}

enum Wish {
    Word(String),
    Option(String),
}

fn next(args: &mut lexopt::Parser) -> Outcome<Option<Wish>> {
    let next = args.next().or_say(|| "read the command line".to_owned())?;
    Ok(match next {
        None => None,
        Some(Long(name)) => Some(Wish::Option(name.to_owned())),
        Some(Short('h')) => Some(Wish::Option("help".to_owned())),
        Some(Short(letter)) => return Err(unknown(&format!("-{letter}"))),
        Some(Value(word)) => Some(Wish::Word(word.to_string_lossy().into_owned())),
    })
}

fn value(args: &mut lexopt::Parser, name: &str) -> Outcome<String> {
    let value = args.value().and_then(ValueExt::string);
    value.or_say(|| format!("read what follows --{name}"))
}

fn address(text: &str) -> Outcome<SocketAddr> {
    text.parse().map_err(|_| {
        Trouble::new(format!(
            "`{text}` is no address to listen on; write it like 127.0.0.1:8080."
        ))
    })
}

fn number(text: &str) -> Outcome<u64> {
    text.parse()
        .map_err(|_| Trouble::new(format!("`{text}` is no number.")))
}

/// Taken from where the person stands, not from where the server will run.
fn folder(text: &str) -> Outcome<PathBuf> {
    std::path::absolute(text).or_say(|| format!("understand the folder `{text}`"))
}

fn checked_origin(text: &str) -> Outcome<String> {
    let origin = text.trim_end_matches('/');
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => {
            Ok(origin.to_owned())
        }
        _ => Err(Trouble::new(format!(
            "`{text}` is no origin; write scheme and host only, like https://www.example.org."
        ))),
    }
}

fn unknown(what: &str) -> Trouble {
    Trouble::new(format!(
        "{what} is not known here; `cargo xtask --help` lists what is."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Task> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn a_build_needs_its_origin() {
        assert!(parsed("build").is_err());
        assert!(parsed("dist").is_err());
        let task = parsed("build --origin https://www.example.org/").expect("it parses");
        assert!(matches!(task, Task::Build { origin } if origin == "https://www.example.org"));
    }

    #[test]
    fn an_origin_has_no_path() {
        assert!(checked_origin("https://example.org/es").is_err());
        assert!(checked_origin("example.org").is_err());
        assert!(checked_origin("http://127.0.0.1:8080").is_ok());
    }

    #[test]
    fn serve_takes_its_options() {
        let task = parsed("serve --listen 127.0.0.1:9000 --data books").expect("it parses");
        assert!(matches!(task, Task::Serve(serve) if serve.listen.port() == 9000));
    }

    #[test]
    fn pictures_and_figures_take_their_options() {
        let task = parsed("shots --page menu --width 390").expect("it parses");
        let Task::Shots(shots) = task else {
            panic!("it is a wish for pictures");
        };
        assert_eq!(shots.page.as_deref(), Some("menu"));
        assert_eq!(shots.width.as_deref(), Some("390"));
        let task = parsed("bench --lighthouse").expect("it parses");
        assert!(matches!(task, Task::Bench(figures) if figures.lighthouse && !figures.server));
        let task = parsed("bench --server").expect("it parses");
        assert!(matches!(task, Task::Bench(figures) if figures.server));
        assert!(parsed("bench --page menu").is_err());
    }

    #[test]
    fn evenings_take_their_seeds() {
        let task = parsed("simulate --seeds 50 --from 7").expect("it parses");
        assert!(matches!(task, Task::Simulate(seeds) if (seeds.number, seeds.from) == (50, 7)));
        assert!(parsed("simulate --seeds many").is_err());
    }

    #[test]
    fn what_is_unknown_is_said() {
        assert!(parsed("serve --lisen x").is_err());
        assert!(parsed("bild").is_err());
        assert!(parsed("test --only nothing").is_err());
        assert!(parsed("test --engine opera").is_err());
        assert!(parsed("test --long --engine webkit --engine firefox").is_ok());
        assert!(matches!(parsed("serve --help"), Ok(Task::Help)));
    }
}
