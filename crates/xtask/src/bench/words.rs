//! How much there is to read on a page.

/// What holds no words for a reader: data, drawings, and what is only for browsers without scripts.
const SILENT: [&str; 5] = ["script", "style", "svg", "template", "noscript"];

/// The words of the page's `<main>`: runs of text between spaces that hold a letter or a digit.
pub fn of_main(html: &str) -> u64 {
    let main = html.split_once("<main").map_or("", |(_, rest)| {
        rest.split_once("</main>").map_or(rest, |(main, _)| main)
    });
    // The opening tag's own attributes come first.
    let mut rest = main.split_once('>').map_or("", |(_, inside)| inside);
    let mut words = 0;
    let mut text = String::new();
    while let Some((before, from_tag)) = rest.split_once('<') {
        text += before;
        let (tag, after) = from_tag.split_once('>').unwrap_or((from_tag, ""));
        let name = tag_name(tag);
        if !is_inline(name) {
            words += count(&text);
            text.clear();
        }
        rest = match SILENT.iter().find(|silent| **silent == name) {
            Some(silent) if !tag.ends_with('/') => skip(after, silent),
            _ => after,
        };
        // Comments are the framework's marks and may hold a `>` of their own.
        if let Some(comment) = from_tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        }
    }
    words + count(&text) + count(rest)
}

/// Whether the words before and after such a tag may be one word.
fn is_inline(name: &str) -> bool {
    let closed = name.strip_prefix('/').unwrap_or(name);
    closed.starts_with('!') || ["a", "b", "em", "i", "span", "strong", "wbr"].contains(&closed)
}

fn tag_name(tag: &str) -> &str {
    tag.split(|letter: char| letter.is_whitespace())
        .next()
        .unwrap_or_default()
}

/// What follows the end of an element; none of the silent ones stands inside itself.
fn skip<'a>(after: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}>");
    after.split_once(&end).map_or("", |(_, rest)| rest)
}

fn count(text: &str) -> u64 {
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric));
    words.map(|_| 1).sum()
}

#[cfg(test)]
mod tests {
    use super::of_main;

    #[test]
    fn only_what_is_read_counts() {
        let html = "<p>outside</p><main id=\"a\" class=\"b\"><h1>Second <em>chan</em>ces</h1>\
                    <p>one<!-- > not this --> two · three</p><svg><title>no</title></svg>\
                    <noscript><p>no</p></noscript><ul><li>four</li><li>five</li></ul></main> out";
        assert_eq!(of_main(html), 7);
    }

    #[test]
    fn a_page_without_main_has_none() {
        assert_eq!(of_main("<body><p>words</p></body>"), 0);
    }
}
