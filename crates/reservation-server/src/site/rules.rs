//! `_headers` as Netlify and Cloudflare Pages read it: a path pattern, then indented `Name: value`
//! lines; `#` comments. All blocks that match apply in order; a later one overrides the same name,
//! and `! Name` takes a header away.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::Header;

/// The blocks of a `_headers` file, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct HeaderRules(Vec<Block>);

#[derive(Clone, Debug)]
struct Block {
    pattern: String,
    set: Vec<Header>,
    remove: Vec<HeaderName>,
}

impl HeaderRules {
    /// Reads a file.
    ///
    /// # Errors
    /// The line that cannot be read: a header that is silently dropped is a hole nobody sees.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut blocks: Vec<Block> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let wrong = |why: &str| format!("line {number}: {why}");
            if !line.starts_with([' ', '\t']) {
                if !content.starts_with('/') {
                    return Err(wrong("a path pattern must start with \"/\""));
                }
                blocks.push(Block {
                    pattern: content.to_owned(),
                    set: Vec::new(),
                    remove: Vec::new(),
                });
                continue;
            }
            let block = blocks
                .last_mut()
                .ok_or_else(|| wrong("a header stands before any path pattern"))?;
            if let Some(name) = content.strip_prefix('!') {
                block.remove.push(
                    name.trim()
                        .parse()
                        .map_err(|_| wrong("not the name of a header"))?,
                );
                continue;
            }
            let (name, value) = content
                .split_once(':')
                .ok_or_else(|| wrong("expected \"Name: value\""))?;
            let name: HeaderName = name
                .trim()
                .parse()
                .map_err(|_| wrong("not the name of a header"))?;
            let value = HeaderValue::from_str(value.trim())
                .map_err(|_| wrong("not the value of a header"))?;
            block.set.push((name, value));
        }
        Ok(Self(blocks))
    }

    /// Changes every value of a header.
    pub fn rewrite(&mut self, name: &HeaderName, change: impl Fn(&str) -> String) {
        let values = self
            .0
            .iter_mut()
            .flat_map(|block| &mut block.set)
            .filter(|(known, _)| known == name);
        for (_, value) in values {
            let new = value
                .to_str()
                .ok()
                .map(&change)
                .and_then(|text| HeaderValue::try_from(text).ok());
            if let Some(new) = new {
                *value = new;
            }
        }
    }

    /// Sets what the blocks that match a path say.
    pub fn apply(&self, path: &str, headers: &mut HeaderMap) {
        for block in self.0.iter().filter(|block| matches(&block.pattern, path)) {
            for name in &block.remove {
                headers.remove(name);
            }
            // Within a block a name may stand twice (Link does); over an earlier block it wins.
            let mut seen: Vec<&HeaderName> = Vec::new();
            for (name, value) in &block.set {
                if seen.contains(&name) {
                    headers.append(name, value.clone());
                } else {
                    headers.insert(name, value.clone());
                    seen.push(name);
                }
            }
        }
    }
}

/// `*` matches anything, `:name` one segment.
fn matches(pattern: &str, path: &str) -> bool {
    let Some(special) = pattern.find(['*', ':']) else {
        return pattern == path;
    };
    let (plain, rest) = pattern.split_at(special);
    let Some(left) = path.strip_prefix(plain) else {
        return false;
    };
    if let Some(after) = rest.strip_prefix('*') {
        return left
            .char_indices()
            .map(|(at, _)| at)
            .chain([left.len()])
            .any(|at| left.get(at..).is_some_and(|tail| matches(after, tail)));
    }
    let after = rest
        .find('/')
        .and_then(|end| rest.get(end..))
        .unwrap_or_default();
    let segment = left.find('/').unwrap_or(left.len());
    segment > 0 && left.get(segment..).is_some_and(|tail| matches(after, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_static_hosts_match() {
        let cases = [
            ("/*", "/", true),
            ("/*", "/es/menu/", true),
            ("/assets/*", "/assets/a/b.js", true),
            ("/assets/*", "/asset", false),
            ("/*.js", "/a/b.js", true),
            ("/*.js", "/a/b.json", false),
            ("/es/:page/", "/es/menu/", true),
            ("/es/:page/", "/es/menu/more/", false),
            ("/es/:page", "/es/", false),
            ("/sw.js", "/sw.js", true),
            ("/sw.js", "/sw.jsx", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn later_blocks_override_and_take_away() {
        let text = "# all\n/*\n  X-A: 1\n  X-B: 1\n  Link: <a>\n  Link: <b>\n\n/assets/*\n  X-A: 2\n  ! X-B\n";
        let rules = HeaderRules::parse(text).unwrap();
        let mut headers = HeaderMap::new();
        rules.apply("/assets/x", &mut headers);
        assert_eq!(headers["x-a"], "2");
        assert!(!headers.contains_key("x-b"));
        assert_eq!(headers.get_all("link").iter().count(), 2);
        let mut headers = HeaderMap::new();
        rules.apply("/", &mut headers);
        assert_eq!(headers["x-b"], "1");
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        assert!(
            HeaderRules::parse("/*\n  X-A 1\n")
                .unwrap_err()
                .contains("line 2")
        );
        assert!(
            HeaderRules::parse("  X-A: 1\n")
                .unwrap_err()
                .contains("line 1")
        );
        assert!(
            HeaderRules::parse("assets/*\n")
                .unwrap_err()
                .contains("line 1")
        );
    }
}
