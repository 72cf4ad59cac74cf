//! How guests are written to: all of it, or none.

use lettre::Address;
use lettre::message::Mailbox;
use reservation_contract::Text;

use super::{Checked, within, wrong};
use crate::settings::messages::{Messages, Tls};
use crate::settings::raw;

/// What an SMTP server is asked for at its usual ports.
const WRAPPER_PORT: u32 = 465;
const STARTTLS_PORT: u32 = 587;
const PLAIN_PORT: u32 = 25;

pub(super) fn messages(raw: raw::Messages) -> Checked<Option<Messages>> {
    let Some(host) = raw.smtp else {
        return match without_smtp(&raw) {
            Some(key) => wrong(
                format!("messages.{key}"),
                "says how mail is sent, and messages.smtp does not say by whom",
            ),
            None => Ok(None),
        };
    };
    if host.is_empty() || !host.bytes().all(is_of_a_host) {
        return wrong(
            "messages.smtp",
            "must be the name of a server, such as \"smtp.example.com\"; port, user and password stand elsewhere",
        );
    }
    let tls = tls(raw.tls.as_deref(), &host)?;
    let port = raw.port.unwrap_or(match tls {
        Tls::Wrapper => WRAPPER_PORT,
        Tls::StartTls => STARTTLS_PORT,
        Tls::None => PLAIN_PORT,
    });
    within("messages.port", port, 1, u16::MAX.into())?;
    let patience_seconds = raw.patience_seconds.unwrap_or(20);
    within("messages.patience_seconds", patience_seconds, 1, 60)?;
    let from = required("from", raw.from)?;
    mailbox("from", &from)?;
    if let Some(reply_to) = &raw.reply_to {
        mailbox("reply_to", reply_to)?;
    }
    if raw
        .venue_copy
        .as_ref()
        .is_some_and(|it| it.parse::<Address>().is_err())
    {
        return wrong(
            "messages.venue_copy",
            "must be an address such as \"house@example.com\"",
        );
    }
    if raw.ca_file.is_some() && tls == Tls::None {
        return wrong(
            "messages.ca_file",
            "says whom to trust, and without TLS nobody has to be",
        );
    }
    if raw.password_file.is_some() && raw.user.is_none() {
        return wrong("messages.password_file", "needs messages.user");
    }
    Ok(Some(Messages {
        host,
        port: u16::try_from(port).unwrap_or_default(),
        tls,
        ca_file: raw.ca_file,
        user: raw.user,
        password_file: raw.password_file,
        from,
        reply_to: raw.reply_to,
        venue_copy: raw.venue_copy,
        manage_url: page("manage_url", raw.manage_url)?,
        booking_url: page("booking_url", raw.booking_url)?,
        words: raw.words,
        patience_seconds,
    }))
}

fn without_smtp(raw: &raw::Messages) -> Option<&'static str> {
    [
        ("port", raw.port.is_some()),
        ("tls", raw.tls.is_some()),
        ("ca_file", raw.ca_file.is_some()),
        ("user", raw.user.is_some()),
        ("password_file", raw.password_file.is_some()),
        ("from", raw.from.is_some()),
        ("reply_to", raw.reply_to.is_some()),
        ("venue_copy", raw.venue_copy.is_some()),
        ("manage_url", raw.manage_url.is_some()),
        ("booking_url", raw.booking_url.is_some()),
        ("words", raw.words.is_some()),
        ("patience_seconds", raw.patience_seconds.is_some()),
    ]
    .into_iter()
    .find_map(|(key, is_there)| is_there.then_some(key))
}

fn is_of_a_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-:".contains(&byte)
}

fn tls(word: Option<&str>, host: &str) -> Checked<Tls> {
    match word {
        None | Some("wrapper") => Ok(Tls::Wrapper),
        Some("starttls") => Ok(Tls::StartTls),
        Some("none") if matches!(host, "localhost" | "127.0.0.1" | "::1") => Ok(Tls::None),
        Some("none") => wrong(
            "messages.tls",
            "may be \"none\" only for a server on this machine: links and addresses would travel in the clear",
        ),
        Some(_) => wrong(
            "messages.tls",
            "must be \"wrapper\", \"starttls\" or \"none\"",
        ),
    }
}

fn required<T>(key: &str, value: Option<T>) -> Checked<T> {
    value.map_or_else(
        || {
            wrong(
                format!("messages.{key}"),
                "is missing: messages.smtp needs it",
            )
        },
        Ok,
    )
}

fn mailbox(key: &str, text: &str) -> Checked<()> {
    match text.parse::<Mailbox>() {
        Ok(_) => Ok(()),
        Err(_) => wrong(
            format!("messages.{key}"),
            "must be an address, with or without a name: \"INTERNO <reservas@example.com>\"",
        ),
    }
}

/// A page that links in messages lead to. What opens a reservation is put behind it as a fragment, and a
/// question as a query, so it has neither.
fn page(key: &str, text: Option<Text>) -> Checked<Text> {
    let text = required(key, text)?;
    for url in [&text.es, &text.en] {
        let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let safe = url.starts_with("https://") || here.iter().any(|it| url.starts_with(it));
        let plain = url
            .bytes()
            .all(|it| it.is_ascii_graphic() && !b"#?<>\"".contains(&it));
        if !safe || !plain {
            return wrong(
                format!("messages.{key}"),
                "must be an https:// address in es and in en, without \"?\" and \"#\"",
            );
        }
    }
    Ok(text)
}
