//! Texts as HTML. What a link means here is [`Link`]'s to say.

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

use super::photograph;
use super::sheet::Sheet;
use crate::content::library::{Link, escape, headings, picture};

/// A text with blocks. `ids` name its headings in their order.
pub(super) fn blocks(text: &str, ids: &[String], sheet: &mut Sheet<'_>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, figures(events(text, ids, sheet)).into_iter());
    out
}

/// A text that stands inside a paragraph or another element already.
pub(super) fn inline(text: &str, sheet: &mut Sheet<'_>) -> String {
    let mut out = String::new();
    let events = events(text, &[], sheet).into_iter().filter(|event| {
        !matches!(
            event,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        )
    });
    html::push_html(&mut out, events);
    out
}

fn events<'t>(text: &'t str, ids: &[String], sheet: &mut Sheet<'_>) -> Vec<Event<'t>> {
    let mut ids = ids.iter();
    let mut open: Vec<String> = Vec::new();
    let mut shown: Option<(String, String)> = None;
    let raw = |html: String| Event::InlineHtml(CowStr::from(html));
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let name = picture(&dest_url).unwrap_or_default();
                shown = Some((name.to_owned(), String::new()));
                None
            }
            Event::End(TagEnd::Image) => shown
                .take()
                .map(|(name, alt)| raw(photograph::in_text(sheet, &name, &alt))),
            Event::Text(words) if shown.is_some() => {
                if let Some((_, alt)) = &mut shown {
                    alt.push_str(&words);
                }
                None
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let (before, after) = match Link::parse(&dest_url) {
                    Ok(Link::Fact(id)) => (String::new(), sheet.mark(&id)),
                    Ok(Link::Page(route)) => (
                        format!("<a href=\"{}\">", sheet.path(route)),
                        "</a>".to_owned(),
                    ),
                    Ok(Link::Language(code)) => (
                        format!("<span lang=\"{code}\" translate=\"no\">"),
                        "</span>".to_owned(),
                    ),
                    Ok(Link::Web(url)) => (
                        format!("<a href=\"{}\" rel=\"external\">", escape(&url)),
                        "</a>".to_owned(),
                    ),
                    Err(_) => (String::new(), String::new()),
                };
                open.push(after);
                Some(raw(before))
            }
            Event::End(TagEnd::Link) => open.pop().map(raw),
            Event::Start(Tag::Heading {
                level,
                classes,
                attrs,
                ..
            }) => {
                let id = ids.next().map(|id| CowStr::from(id.clone()));
                Some(Event::Start(Tag::Heading {
                    level,
                    id,
                    classes,
                    attrs,
                }))
            }
            Event::Html(_) | Event::InlineHtml(_) => None,
            other => Some(other),
        })
        .collect()
}

/// A paragraph that holds a photograph alone becomes its figure.
fn figures(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    for event in events {
        let alone = matches!(
            (&event, out.as_slice()),
            (Event::End(TagEnd::Paragraph), [.., Event::Start(Tag::Paragraph), Event::InlineHtml(html)])
                if html.is_empty() || html.starts_with("<figure")
        );
        if alone {
            let figure = out.pop();
            out.pop();
            out.extend(figure);
        } else {
            out.push(event);
        }
    }
    out
}

/// The names of a text's headings, for links to them.
pub(super) fn ids(text: &str) -> Vec<String> {
    headings(text).iter().map(|words| slug(words)).collect()
}

fn slug(words: &str) -> String {
    let mut slug = String::new();
    for letter in words.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') && letter != '’' {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A text's opening paragraph, where it has one, and the rest.
pub(super) fn opening(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    if first.starts_with(['#', '-', '>', '*']) || first.is_empty() {
        (None, text)
    } else {
        (Some(first), rest)
    }
}

/// A text's sections: each second-level heading with what stands below it.
pub(super) fn sections(text: &str) -> Vec<(&str, &str)> {
    let start = text.find("## ").unwrap_or(text.len());
    let text = text.get(start..).unwrap_or_default();
    let body = text.strip_prefix("## ").unwrap_or_default();
    body.split("\n## ")
        .filter(|section| !section.is_empty())
        .map(|section| section.split_once('\n').unwrap_or((section, "")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_paragraph_is_told_from_what_follows() {
        assert_eq!(
            opening("\n\nOne\ntwo.\n\n## A\n"),
            (Some("One\ntwo."), "## A\n")
        );
        assert_eq!(opening("\n## A\n\ntext"), (None, "## A\n\ntext"));
        assert_eq!(opening(""), (None, ""));
    }

    #[test]
    fn sections_are_cut_at_their_headings() {
        assert_eq!(
            sections("intro\n\n## A\n\na\n\n### deep\n\n## B\nb\n"),
            [("A", "\na\n\n### deep\n"), ("B", "b\n")]
        );
        assert_eq!(sections("no headings"), []);
    }

    #[test]
    fn names_of_headings_are_plain() {
        assert_eq!(
            slug("What’s kept on your phone or computer?"),
            "whats-kept-on-your-phone-or-computer"
        );
    }
}
