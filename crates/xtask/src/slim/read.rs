//! Numbers and texts as WebAssembly writes them.

/// What is left to read.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number (LEB128).
    pub fn number(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 127) << shift;
            if byte & 128 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A number of up to 64 bits, whatever its sign, as it is written.
    pub fn long(&mut self) -> Option<&'a [u8]> {
        let last = self.0.iter().take(10).position(|byte| byte & 128 == 0)?;
        self.bytes(last + 1)
    }

    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Bytes behind their length.
    pub fn counted(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.bytes(length)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        str::from_utf8(self.counted()?).ok()
    }
}

/// Writes an unsigned number.
pub fn number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = u8::try_from(value & 127).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 128);
    }
}

/// Writes bytes behind their length.
pub fn counted(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len());
    out.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for value in [0, 1, 127, 128, 16_383, 16_384, 0xffff_ffff] {
            let mut bytes = Vec::new();
            number(&mut bytes, value);
            assert_eq!(Reader(&bytes).number(), Some(value));
        }
        assert_eq!(Reader(&[0x80]).number(), None);
    }
}
