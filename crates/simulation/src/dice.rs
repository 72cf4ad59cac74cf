//! Chance that can be had again.

/// Marsaglia's xorshift.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        // Neighbouring seeds begin alike.
        for _ in 0..4 {
            dice.roll(2);
        }
        dice
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 20) % u64::from(sides.max(1))).unwrap_or(0)
    }

    /// Whether it happens that happens once in `n` times.
    pub fn one_in(&mut self, n: u32) -> bool {
        self.roll(n) == 0
    }

    /// A number of milliseconds from `least` to below `most`.
    pub fn ms(&mut self, least: u32, most: u32) -> i64 {
        i64::from(least + self.roll(most - least))
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.roll(u32::try_from(of.len()).unwrap_or(1));
        of.get(usize::try_from(at).ok()?).copied()
    }
}
