//! What is wrong with the settings for mail is told with its line and key, before anybody books.

use reservation_server::settings::Settings;

use crate::harness::{House, settings};
use crate::mail::with_mail;
use crate::sink::Sink;

fn wrong(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    Settings::parse("server.toml", &text).unwrap_err()
}

#[tokio::test]
async fn a_wrong_setting_names_its_line_and_key() {
    let text = with_mail(&Sink::open().await, "");
    assert!(Settings::parse("server.toml", &text).is_ok());
    let port = text
        .lines()
        .find(|line| line.starts_with("port = "))
        .unwrap();
    for (from, to, key, says) in [
        (
            "smtp = \"127.0.0.1\"",
            "smtp = \"smtps://a:b@c\"",
            "messages.smtp",
            "name of a server",
        ),
        (
            "smtp = \"127.0.0.1\"",
            "smtp = \"mail.example\"",
            "messages.tls",
            "in the clear",
        ),
        ("tls = \"none\"", "tls = \"ssl\"", "messages.tls", "wrapper"),
        (port, "port = 0", "messages.port", "between 1 and 65535"),
        (
            "patience_seconds = 1",
            "patience_seconds = 0",
            "messages.patience_seconds",
            "between",
        ),
        (
            "from = \"INTERNO <reservas@interno.example>\"",
            "from = \"INTERNO\"",
            "messages.from",
            "an address",
        ),
        (
            "reply_to = \"hola@interno.example\"",
            "reply_to = \"hola@\"",
            "messages.reply_to",
            "an address",
        ),
        (
            "reply_to",
            "venue_copy = \"here\"\nreply_to",
            "messages.venue_copy",
            "an address",
        ),
        (
            "reply_to",
            "password_file = \"x\"\nreply_to",
            "messages.password_file",
            "messages.user",
        ),
        (
            "https://interno.example/es/reserva/",
            "http://interno.example/",
            "messages.manage_url",
            "https://",
        ),
        (
            "https://interno.example/en/book/",
            "https://interno.example/#",
            "messages.booking_url",
            "without",
        ),
    ] {
        let message = wrong(&text, from, to);
        assert!(message.contains(key) && message.contains(says), "{message}");
        let changed = text.replacen(from, to, 1);
        let name = key.trim_start_matches("messages.");
        let line = 1 + changed
            .lines()
            .position(|line| line.starts_with(&format!("{name} = ")))
            .unwrap();
        assert!(
            message.starts_with(&format!("server.toml, line {line}: ")),
            "{line} {message}"
        );
    }
    let nowhere = wrong(&text, "smtp = \"127.0.0.1\"\n", "");
    assert!(
        nowhere.contains("messages.port says how mail is sent"),
        "{nowhere}"
    );
    let nameless = wrong(&text, "from = \"INTERNO <reservas@interno.example>\"\n", "");
    assert!(nameless.contains("messages.from is missing"), "{nameless}");
}

#[test]
fn nobody_waits_for_a_word_that_nobody_sends() {
    let list = settings(&[("\noffered = false", "\noffered = true")]);
    let message = Settings::parse("server.toml", &list).unwrap_err();
    assert!(
        message.contains("waitlist.offered needs messages.smtp"),
        "{message}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_its_password_or_words_does_not_start() {
    let sink = Sink::open().await;
    let refuse = async |more: &str| {
        let house = House::closed(with_mail(&sink, more));
        let options = house.options(None);
        let started = reservation_server::server::start(options, house.clock.clone()).await;
        started.err().unwrap()
    };
    let message = refuse("user = \"reservas\"\n").await;
    assert!(message.contains("RESERVATION_SMTP_PASSWORD"), "{message}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "secret\n").unwrap();
    let named = format!(
        "user = \"reservas\"\npassword_file = \"{}\"\n",
        file.display()
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let everybody = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(&file, everybody).unwrap();
        let message = refuse(&named).await;
        assert!(
            message.contains("others can read") && !message.contains("secret"),
            "{message}"
        );
    }
    std::fs::write(folder.path().join("words.toml"), "[es]\n").unwrap();
    let words = format!(
        "words = \"{}\"\n",
        folder.path().join("words.toml").display()
    );
    let message = refuse(&words).await;
    assert!(
        message.contains("words.toml, line 1: missing field"),
        "{message}"
    );
}

/// The pages that the settings' own example leads to are pages of the site.
#[test]
fn the_example_leads_to_the_site() {
    let routes = include_str!("../../../../src/routes.rs");
    for [es, en] in [["reserva/", "reservation/"], ["reservar/", "book/"]] {
        assert!(routes.contains(&format!("[\"{es}\", \"{en}\"]")), "{es}");
        let example =
            format!("es = \"https://example.com/es/{es}\", en = \"https://example.com/en/{en}\"");
        assert!(
            reservation_server::settings::DEFAULT.contains(&example),
            "{example}"
        );
    }
}
