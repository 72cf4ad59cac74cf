//! Reads the command line, starts the server, waits for the signal to stop.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use reservation_server::backup;
use reservation_server::cli::{self, Command, LogFormat};
use reservation_server::clock::{SharedClock, SystemClock};
use reservation_server::operator::{self, Order};
use reservation_server::server::{self, Options};

fn main() -> ExitCode {
    let told = match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Print(text)) => say(&text),
        Ok(Command::Serve(options, log)) => run(options, log),
        Ok(Command::Keep(order)) => keep(order),
        Ok(Command::Operate(order)) => operate(*order),
        Err(message) => Err(message),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "reservation-server: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut options: Options, log: LogFormat) -> Result<(), String> {
    options.token_key = std::env::var("RESERVATION_TOKEN_KEY").ok();
    options.octo_key = std::env::var("OCTO_API_KEY").ok();
    options.database_url = std::env::var("DATABASE_URL").ok();
    options.smtp_password = std::env::var("RESERVATION_SMTP_PASSWORD").ok();
    let lines = tracing_subscriber::fmt()
        .with_target(false)
        .with_writer(std::io::stderr);
    match log {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .init(),
        LogFormat::Text => lines.init(),
    }
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let stop = server::stop_signal()?;
        let running = server::start(options, Arc::new(SystemClock)).await?;
        say(&format!("listening on http://{}\n", running.address))?;
        tell_supervisor(true);
        stop.await;
        tell_supervisor(false);
        running.stop().await;
        Ok(())
    })
}

/// Tells systemd, where that has started it and wants to know (`Type=notify`).
#[cfg(unix)]
fn tell_supervisor(serves: bool) {
    use sd_notify::NotifyState::{Ready, Stopping};
    if let Err(error) = sd_notify::notify(&[if serves { Ready } else { Stopping }]) {
        tracing::warn!(%error, "systemd could not be told");
    }
}

#[cfg(not(unix))]
fn tell_supervisor(_serves: bool) {}

fn keep(mut order: backup::Order) -> Result<(), String> {
    order.token_key = std::env::var("RESERVATION_TOKEN_KEY").ok();
    order.database_url = std::env::var("DATABASE_URL").ok();
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}"))?;
    let told = runtime.block_on(backup::run(&order))?;
    say(&told)
}

fn operate(mut order: Order) -> Result<(), String> {
    order.place.database_url = std::env::var("DATABASE_URL").ok();
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}"))?;
    let clock: SharedClock = Arc::new(SystemClock);
    let told = runtime.block_on(operator::run(order, clock, &mut ask))?;
    say(&told)
}

/// Asks whoever sits at the terminal; where nobody does, nothing is given up.
fn ask(question: &str) -> Result<bool, String> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err("nobody can be asked here: --yes does it without".to_owned());
    }
    let mut out = std::io::stderr();
    let _ = write!(out, "{question} [y/N] ").and_then(|()| out.flush());
    let mut answer = String::new();
    let read = input.read_line(&mut answer);
    read.map_err(|error| format!("cannot read the answer: {error}"))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn say(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot write to stdout: {error}"))
}
