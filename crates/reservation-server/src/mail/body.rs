//! A letter in an envelope: plain text, HTML with the same words, the calendar file.
//!
//! The HTML has one column, no pictures and nothing from elsewhere; colours and sizes are the reader's own.

use std::time::SystemTime;

use lettre::Address;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::letter::{Letter, Part};

/// What every envelope carries.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Who writes.
    pub from: Mailbox,
    /// Where answers go.
    pub reply_to: Option<Mailbox>,
}

/// The letter as it travels. The id is the same however often it is sent. None if its address is no address.
pub fn envelope(letter: &Letter, sender: &Sender, id: &str) -> Option<(Address, Vec<u8>)> {
    let to: Address = letter.to.parse().ok()?;
    let mut message = Message::builder()
        .from(sender.from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject(letter.subject.clone())
        .date(SystemTime::now())
        .message_id(Some(format!("<{id}@{}>", sender.from.email.domain())));
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(reply_to.clone());
    }
    // RFC 3834: nobody's holiday answers a machine.
    for (name, value) in [
        (
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated",
        ),
        (
            HeaderName::new_from_ascii_str("Content-Language"),
            letter.locale.as_str(),
        ),
    ] {
        message = message.raw_header(HeaderValue::new(name, value.to_owned()));
    }
    let texts = MultiPart::alternative()
        .singlepart(SinglePart::plain(plain(letter)))
        .singlepart(SinglePart::html(html(letter)));
    let calendar = letter.calendar.as_ref().and_then(|calendar| {
        let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH").ok()?;
        Some(Attachment::new("reservation.ics".to_owned()).body(calendar.clone(), kind))
    });
    let body = match calendar {
        Some(calendar) => MultiPart::mixed().multipart(texts).singlepart(calendar),
        None => texts,
    };
    Some((to, message.multipart(body).ok()?.formatted()))
}

/// Plain text: a part a paragraph, a fact a line.
fn plain(letter: &Letter) -> String {
    let parts = letter.parts.iter().map(|part| match part {
        Part::Paragraph(text) => one_line(text),
        Part::Facts(lines) => {
            let lines = lines
                .iter()
                .map(|(label, value)| format!("{label}: {}", one_line(value)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Part::Link { label, url } => format!("{label}:\n{url}"),
    });
    parts.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn html(letter: &Letter) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body style=\"margin:0 auto;max-width:36em;padding:1em;font-family:Georgia,serif;line-height:1.5\">\n",
        escape(&letter.locale),
        escape(&letter.subject),
    );
    page.extend(letter.parts.iter().map(block));
    page.push_str("</body>\n</html>\n");
    page
}

fn block(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => format!("<p>{}</p>\n", escape(text)),
        Part::Facts(lines) => {
            let items: Vec<String> = lines.iter().map(item).collect();
            let items = items.concat();
            format!("<ul style=\"list-style:none;padding:0\">\n{items}</ul>\n")
        }
        Part::Link { label, url } => {
            format!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(label))
        }
    }
}

fn item((label, value): &(String, String)) -> String {
    let (label, value) = (escape(label), escape(value));
    format!("<li>{label}: <strong>{value}</strong></li>\n")
}

/// What a guest wrote must not make lines of its own.
fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
