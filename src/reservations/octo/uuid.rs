//! Names for bookings and places, made of the keys the wizard has: the same key makes the same name.

/// What is called so by all of these words.
pub fn of(words: &[&str]) -> String {
    // FNV-1a with 128 bits. A key is as random as a secret, and stays so; nobody can be helped by finding
    // another with the same hash.
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in words.iter().flat_map(|word| word.bytes().chain([0])) {
        hash ^= u128::from(byte);
        hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    // Version 8, "made as its maker likes", of the usual variant.
    hash = hash & !(0xf << 76) | 0x8 << 76;
    hash = hash & !(0xc << 60) | 0x8 << 60;
    let mut uuid = String::with_capacity(36);
    for place in (0..32_u32).rev() {
        if matches!(place, 23 | 19 | 15 | 11) {
            uuid.push('-');
        }
        let digit = u32::try_from(hash >> (place * 4) & 0xf).unwrap_or(0);
        uuid.extend(char::from_digit(digit, 16));
    }
    uuid
}

/// The same, with a digit at its end that says something.
pub fn marked(words: &[&str], mark: u8) -> String {
    let mut uuid = of(words);
    uuid.pop();
    uuid.extend(char::from_digit(u32::from(mark & 0xf), 16));
    uuid
}

/// What the digit at the end says.
pub fn mark(uuid: &str) -> u8 {
    let digit = uuid.chars().next_back().and_then(|last| last.to_digit(16));
    digit
        .and_then(|digit| u8::try_from(digit).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{mark, marked, of};

    #[test]
    fn a_name_says_which_of_sixteen() {
        for digit in 0..16 {
            let uuid = marked(&["a-key"], digit);
            assert_eq!((uuid.len(), mark(&uuid)), (36, digit));
        }
        assert_ne!(marked(&["a-key"], 1), marked(&["another"], 1));
        for odd in ["", "x", "\u{e9}"] {
            assert_eq!(mark(odd), 0);
        }
    }

    #[test]
    fn a_key_makes_one_uuid_and_another_key_another() {
        let first = of(&["1f0c5d2e8b7a49d3a6e4c2b1f0897766"]);
        assert_eq!(first, of(&["1f0c5d2e8b7a49d3a6e4c2b1f0897766"]));
        assert_ne!(first, of(&["1f0c5d2e8b7a49d3a6e4c2b1f0897767"]));
        assert_ne!(of(&["a", "bc"]), of(&["ab", "c"]));
        let parts: Vec<_> = first.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{first}");
        assert!(first.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit()));
        assert_eq!(first.as_bytes().get(14), Some(&b'8'));
        assert!(matches!(first.as_bytes().get(19), Some(b'8'..=b'b')));
    }
}
