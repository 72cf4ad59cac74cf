//! Reads the command line, starts the server, waits for the signal to stop.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use reservation_server::cli::{self, Command};
use reservation_server::clock::SystemClock;
use reservation_server::server::{self, Options};

fn main() -> ExitCode {
    let told = match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Print(text)) => say(&text),
        Ok(Command::Serve(options)) => run(options),
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

fn run(mut options: Options) -> Result<(), String> {
    options.token_key = std::env::var("RESERVATION_TOKEN_KEY").ok();
    options.database_url = std::env::var("DATABASE_URL").ok();
    options.smtp_password = std::env::var("RESERVATION_SMTP_PASSWORD").ok();
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let stop = server::stop_signal()?;
        let running = server::start(options, Arc::new(SystemClock)).await?;
        say(&format!("listening on http://{}\n", running.address))?;
        stop.await;
        running.stop().await;
        Ok(())
    })
}

fn say(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot write to stdout: {error}"))
}
