//! Numbers that look random and are the same for the same seed.

/// Where the next number comes from.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// Any number, by the method known as SplitMix64: every seed is as good as another.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit.max(1)
    }

    /// One of these words; empty of none.
    pub fn word<S: AsRef<str>>(&mut self, of: &[S]) -> String {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap_or(0);
        of.get(place).map(|word| word.as_ref().to_owned()).unwrap_or_default()
    }

    /// At most sixteen lower-case hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        format!("{:016x}", self.number()).chars().take(digits).collect()
    }
}
