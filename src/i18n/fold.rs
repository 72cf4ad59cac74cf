//! Letters without their accents and capitals, for comparing words as people type them.

/// A text as it is searched: `Piña`, `PIÑA` and `pina` are one word. Covers what Spanish, Portuguese
/// and French write; other scripts stay as they are.
pub fn fold(text: &str) -> String {
    // Our own table: that of the standard library knows every script there is, and a phone would
    // download it.
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = match letter {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'Á' | 'À' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'ª' => {
                'a'
            }
            'ç' | 'Ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
            'ñ' | 'Ñ' => 'n',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ö' | 'º' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
            'ý' | 'ÿ' | 'Ý' | 'Ÿ' => 'y',
            'œ' | 'Œ' => {
                folded.push('o');
                'e'
            }
            'æ' | 'Æ' => {
                folded.push('a');
                'e'
            }
            // An accent as a character of its own, as some keyboards send it.
            '\u{300}'..='\u{36f}' => continue,
            other => other.to_ascii_lowercase(),
        };
        folded.push(letter);
    }
    folded
}

/// Whether a text has another one in it.
pub fn holds(text: &str, part: &str) -> bool {
    // The standard library searches long texts fast, with code that a phone would download.
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{fold, holds};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_found_where_the_standard_library_finds_it(text in "[abñ]{0,8}", part in "[abñ]{0,3}") {
            prop_assert_eq!(holds(&text, &part), text.contains(&part));
        }
    }

    #[test]
    fn accents_and_capitals_do_not_count() {
        for (written, plain) in [
            ("Carimañolas", "carimanolas"),
            ("CARIMAN\u{303}OLAS", "carimanolas"),
            ("PATACÓN", "patacon"),
            ("pata\u{301}con", "patacon"),
            (
                "Açaí à la Crème Brûlée, bœuf",
                "acai a la creme brulee, boeuf",
            ),
            (
                "pão, maracujá, limões, pingüino",
                "pao, maracuja, limoes, pinguino",
            ),
            ("日本 ж", "日本 ж"),
        ] {
            assert_eq!(fold(written), plain);
            assert_eq!(fold(&fold(written)), plain, "folding twice changes nothing");
        }
    }
}
