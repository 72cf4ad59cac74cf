//! What the texts may and may not contain, read from their Markdown.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::link::Link;

/// A fault in a text, with the byte at which it stands.
pub(super) type Fault = (usize, String);

/// The block that is being read: a paragraph or an item of a list.
#[derive(Default)]
struct Block {
    digit_at: Option<usize>,
    rests_on_a_fact: bool,
}

impl Block {
    fn close(&mut self, faults: &mut Vec<Fault>) {
        let block = std::mem::take(self);
        if let Some(at) = block.digit_at
            && !block.rests_on_a_fact
        {
            faults.push((
                at,
                "a number stands here without a fact it rests on".to_owned(),
            ));
        }
    }
}

/// What a text may name.
pub(super) struct Known<'k> {
    /// Whether an id is one of `facts.toml`.
    pub(super) is_fact: &'k dyn Fn(&str) -> bool,
    /// The names of the photographs; nothing where a text has no room for one.
    pub(super) pictures: Option<&'k [String]>,
}

/// Everything wrong with a text.
pub(super) fn faults(text: &str, known: &Known<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    picture_faults(text, known, &mut faults);
    let mut block = Block::default();
    let mut in_heading = false;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item) => block.close(&mut faults),
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Link { dest_url, .. }) => match Link::parse(&dest_url) {
                Ok(Link::Fact(id)) => {
                    block.rests_on_a_fact = true;
                    if !(known.is_fact)(&id) {
                        faults.push((
                            range.start,
                            format!("the fact \"{id}\" is not in facts.toml"),
                        ));
                    }
                }
                Ok(_) => {}
                Err(message) => faults.push((range.start, message)),
            },
            Event::Html(_) | Event::InlineHtml(_) => {
                faults.push((range.start, "HTML is not allowed in a text".to_owned()));
            }
            Event::Text(words) | Event::Code(words)
                if !in_heading
                    && block.digit_at.is_none()
                    && words.contains(|c: char| c.is_ascii_digit()) =>
            {
                block.digit_at = Some(range.start);
            }
            _ => {}
        }
    }
    block.close(&mut faults);
    faults
}

/// What is wrong with the pictures of a text.
fn picture_faults(text: &str, known: &Known<'_>, faults: &mut Vec<Fault>) {
    let mut paragraph = "";
    for (event, range) in Parser::new(text).into_offset_iter() {
        let written = text.get(range.clone()).unwrap_or_default().trim();
        match event {
            Event::Start(Tag::Paragraph) => paragraph = written,
            Event::Start(Tag::Image { dest_url, .. }) => {
                let fault = picture_fault(written, &dest_url, known.pictures);
                let fault = fault.or_else(|| {
                    (written != paragraph)
                        .then(|| "a picture stands in a paragraph of its own".to_owned())
                });
                faults.extend(fault.map(|message| (range.start, message)));
            }
            _ => {}
        }
    }
}

fn picture_fault(written: &str, target: &str, names: Option<&[String]>) -> Option<String> {
    let Some(names) = names else {
        return Some("a picture cannot stand here".to_owned());
    };
    let Some(name) = picture(target) else {
        let rule = "a picture in a text is one of content/images: ![what it shows](image:name)";
        return Some(rule.to_owned());
    };
    if !names.iter().any(|known| known == name) {
        return Some(format!("there is no picture \"{name}\" in images.toml"));
    }
    let alt = written
        .strip_prefix("![")
        .and_then(|rest| rest.split(']').next());
    alt.is_none_or(|alt| alt.trim().is_empty())
        .then(|| format!("the picture \"{name}\" has no alt text"))
}

/// The name of a photograph in a picture's target.
pub(crate) fn picture(target: &str) -> Option<&str> {
    target.strip_prefix("image:")
}

/// The photographs a text shows.
pub(super) fn images(text: &str) -> Vec<String> {
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Image { dest_url, .. }) => picture(&dest_url).map(str::to_owned),
            _ => None,
        })
        .collect()
}

/// The facts a text rests on, each as often as it is linked.
pub(super) fn facts(text: &str) -> Vec<String> {
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => match Link::parse(&dest_url) {
                Ok(Link::Fact(id)) => Some(id),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// The words of a text without its marks.
pub(crate) fn plain(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => words.push('\n'),
            _ => {}
        }
    }
    words.trim_end().to_owned()
}

/// The words of a text's headings, in their order.
pub(crate) fn headings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.extend(heading.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let known = Known {
            is_fact: &|id| id == "known",
            pictures: Some(&["patio".to_owned()]),
        };
        faults(text, &known)
            .into_iter()
            .map(|(at, message)| format!("{at}: {message}"))
            .collect()
    }

    #[test]
    fn a_number_wants_a_fact_in_its_own_paragraph_or_item() {
        assert_eq!(found("Since [2012](fact:known), 27 prisons."), [""; 0]);
        assert_eq!(found("## In 2012\n\nWords.").len(), 0);
        assert_eq!(found("[Fine](fact:known).\n\nIn 2012.").len(), 1);
        assert_eq!(found("- [1](fact:known)\n- 2\n").len(), 1);
        assert_eq!(found("- one\n  - 2\n- [3](fact:known)\n").len(), 1);
    }

    #[test]
    fn links_lead_somewhere_and_html_is_refused() {
        assert_eq!(
            found("[x](fact:nowhere)"),
            ["0: the fact \"nowhere\" is not in facts.toml"]
        );
        assert_eq!(
            found("a [x](page:nowhere)"),
            ["2: there is no page \"nowhere\""]
        );
        assert_eq!(found("[x](http://example.org)").len(), 1);
        assert_eq!(found("<b>x</b>").len(), 2);
        assert!(!found("<div>\n</div>").is_empty());
        assert_eq!(found("![](x.png)").len(), 1);
        assert_eq!(
            found("[Arte](lang:es) [m](page:menu) [w](https://w3.org)").len(),
            0
        );
    }

    #[test]
    fn a_picture_is_known_has_words_and_stands_alone() {
        assert_eq!(found("a\n\n![The patio](image:patio)\n\nb"), [""; 0]);
        for (text, words) in [
            (
                "![](image:patio)",
                "0: the picture \"patio\" has no alt text",
            ),
            (
                "![ ](image:patio)",
                "0: the picture \"patio\" has no alt text",
            ),
            (
                "![x](image:gate)",
                "0: there is no picture \"gate\" in images.toml",
            ),
            (
                "so ![x](image:patio)",
                "3: a picture stands in a paragraph of its own",
            ),
        ] {
            assert_eq!(found(text), [words]);
        }
        assert!(found("![x](patio.jpg)")[0].contains("image:name"));
        assert!(!found("<img src=\"patio.jpg\">").is_empty());
        assert!(!found("a <img src=\"patio.jpg\"> b").is_empty());
    }

    #[test]
    fn words_and_headings_come_without_marks() {
        assert_eq!(
            plain("Since **[2012](fact:x)** &\nlater."),
            "Since 2012 &\nlater.".replace('\n', " ")
        );
        assert_eq!(headings("a\n\n## One `two`\n\ntext"), ["One two"]);
    }
}
