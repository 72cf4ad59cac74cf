//! Every path a source names, read from its tokens: what macros hold is code too, and a syntax
//! tree would not show it.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Every path of two or more names in a source, and every single name, as seen from the crate:
/// `super` and `self` are resolved, `{a, b}` is spread out, comments and texts are not code.
pub fn paths_of(source: &str, module: &[String]) -> Vec<Vec<String>> {
    let tokens: TokenStream = source.parse().expect("a source can be read as Rust");
    let mut found = Vec::new();
    collect(tokens, &[], &mut module.to_vec(), &mut found);
    found
}

fn collect(
    tokens: TokenStream,
    prefix: &[String],
    module: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => {
                // `{a, b}` inside a `use` keeps what stands before it; every other group starts anew.
                let keep = group.delimiter() == Delimiter::Brace && !prefix.is_empty();
                collect(
                    group.stream(),
                    if keep { prefix } else { &[] },
                    module,
                    found,
                );
                at += 1;
            }
            TokenTree::Ident(word) if word == "as" => at += 2,
            TokenTree::Ident(word) if word == "mod" => at = enter(&tokens, at, module, found),
            TokenTree::Ident(_) => at = path(&tokens, at, prefix, module, found),
            _ => at += 1,
        }
    }
}

/// `mod name { … }`: `super` inside means one room less far away.
fn enter(
    tokens: &[TokenTree],
    at: usize,
    module: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
        (tokens.get(at + 1), tokens.get(at + 2))
    {
        module.push(name.to_string());
        collect(body.stream(), &[], module, found);
        module.pop();
        return at + 3;
    }
    at + 2
}

/// Reads one path from `at` on and answers where it ended.
fn path(
    tokens: &[TokenTree],
    mut at: usize,
    prefix: &[String],
    module: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = prefix.to_vec();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        step(&mut path, &word.to_string(), module);
        at += 1;
        if !is_path_separator(tokens, at) {
            break;
        }
        at += 2;
        if let Some(TokenTree::Group(group)) = tokens.get(at) {
            collect(group.stream(), &path, module, found);
            return at + 1;
        }
    }
    found.push(path);
    at
}

fn step(path: &mut Vec<String>, word: &str, module: &[String]) {
    let here = || std::iter::once("crate".to_owned()).chain(module.iter().cloned());
    match word {
        "self" if path.is_empty() => path.extend(here()),
        "self" => {}
        "super" => {
            if path.is_empty() {
                path.extend(here());
            }
            path.pop();
        }
        _ => path.push(word.to_owned()),
    }
}

fn is_path_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| match tokens.get(at) {
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => Some(punct.spacing()),
        _ => None,
    };
    colon(at) == Some(Spacing::Joint) && colon(at + 1).is_some()
}
