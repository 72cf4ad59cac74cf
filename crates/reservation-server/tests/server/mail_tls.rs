//! A server for mail that is entered with TLS and a login: only the right one hears anything of a guest or the
//! password, and nothing is ever said in the clear instead.

use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use crate::guard::{Begins, CERTIFICATE, EXPIRED, Guard, PASSWORD, STRANGER, USER, pem};
use crate::harness::{House, open_with};
use crate::mail::{confirm, read, with_mail};
use crate::mail_faults::has_failed;
use crate::sink::Sink;

fn private(file: &Path, text: &str) {
    use std::io::Write;

    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(file).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// A house that logs in at a server of this name, and trusts whoever signed this certificate.
async fn logging_in(
    sink: &Sink,
    (host, tls, trusted, password): (&str, &str, &[u8], &str),
) -> (House, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (ca, secret) = (folder.path().join("ca.pem"), folder.path().join("password"));
    std::fs::write(&ca, pem(trusted)).unwrap();
    private(&secret, &format!("{password}\n"));
    let more = format!(
        "ca_file = \"{}\"\nuser = \"{USER}\"\npassword_file = \"{}\"\n",
        ca.display(),
        secret.display()
    );
    let text = with_mail(sink, &more)
        .replace("smtp = \"127.0.0.1\"", &format!("smtp = \"{host}\""))
        .replace("tls = \"none\"", &format!("tls = \"{tls}\""))
        .replace("patience_seconds = 1", "patience_seconds = 5");
    (open_with(text).await, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_right_certificate_and_password_mail_is_taken() {
    for (begins, tls) in [(Begins::First, "wrapper"), (Begins::Asked, "starttls")] {
        for mechanism in ["PLAIN", "LOGIN"] {
            let guard = Guard::new(begins, CERTIFICATE, mechanism);
            let sink = Sink::guarded(guard).await;
            let right = ("localhost", tls, CERTIFICATE, PASSWORD);
            let (house, _folder) = logging_in(&sink, right).await;
            confirm(&house, &house.held().await, "es").await;
            let told = read(&sink.wait_for(1).await[0]);
            assert!(
                told.plain.contains("Su mesa está reservada."),
                "{tls}, {mechanism}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_to_anybody_else_and_the_message_waits() {
    let (first, asked) = (Begins::First, Begins::Asked);
    for (begins, certificate, settings, fault) in [
        (
            first,
            CERTIFICATE,
            ("127.0.0.1", "wrapper", CERTIFICATE, PASSWORD),
            "certificate",
        ),
        (
            asked,
            CERTIFICATE,
            ("127.0.0.1", "starttls", CERTIFICATE, PASSWORD),
            "certificate",
        ),
        (
            first,
            CERTIFICATE,
            ("localhost", "wrapper", STRANGER, PASSWORD),
            "certificate",
        ),
        (
            asked,
            CERTIFICATE,
            ("localhost", "starttls", STRANGER, PASSWORD),
            "certificate",
        ),
        (
            first,
            EXPIRED,
            ("localhost", "wrapper", EXPIRED, PASSWORD),
            "expired",
        ),
        (
            asked,
            EXPIRED,
            ("localhost", "starttls", EXPIRED, PASSWORD),
            "expired",
        ),
        (
            Begins::Stripped,
            CERTIFICATE,
            ("localhost", "starttls", CERTIFICATE, PASSWORD),
            "STARTTLS",
        ),
        (
            Begins::Broken,
            CERTIFICATE,
            ("localhost", "starttls", CERTIFICATE, PASSWORD),
            "454 to STARTTLS",
        ),
        (
            first,
            CERTIFICATE,
            ("localhost", "wrapper", CERTIFICATE, "wrong"),
            "535 to the login",
        ),
        (
            asked,
            CERTIFICATE,
            ("localhost", "starttls", CERTIFICATE, "wrong"),
            "535 to the login",
        ),
    ] {
        let case = format!("{begins:?}, {settings:?}");
        let sink = Sink::guarded(Guard::new(begins, certificate, "PLAIN")).await;
        let (house, _folder) = logging_in(&sink, settings).await;
        confirm(&house, &house.held().await, "es").await;
        let said = has_failed(&house).await;
        assert!(said.contains(fault), "{case}: {said}");
        assert!(sink.mails().is_empty(), "{case}");
        let heard = sink.guard().map(Guard::heard).unwrap_or_default().concat();
        for secret in [
            PASSWORD,
            &STANDARD.encode(PASSWORD),
            "lucia",
            "MAIL",
            "RCPT",
        ] {
            assert!(!heard.contains(secret), "{case}: {heard}");
            assert!(!said.contains(secret), "{case}: {said}");
        }
        let logged_in = heard.contains("AUTH ");
        assert_eq!(logged_in, fault == "535 to the login", "{case}: {heard}");
        let mut database = house.database_beside().await;
        let open = "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL";
        assert_eq!(database.number(open).await, 1, "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_certificate_is_told_at_start() {
    let sink = Sink::open().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    for text in [
        "",
        "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n",
    ] {
        std::fs::write(&file, text).unwrap();
        let ca = format!("ca_file = \"{}\"\n", file.display());
        let settings = with_mail(&sink, &ca).replace("tls = \"none\"", "tls = \"starttls\"");
        let house = House::closed(settings);
        let clock: Arc<reservation_server::clock::ManualClock> = Arc::clone(&house.clock);
        let started = reservation_server::server::start(house.options(None), clock).await;
        let message = started.err().unwrap();
        assert!(message.contains("no certificate in it"), "{message}");
    }
    let settings = with_mail(&sink, "ca_file = \"x\"\n");
    let message = reservation_server::settings::Settings::parse("server.toml", &settings);
    assert!(message.unwrap_err().contains("messages.ca_file"));
}
