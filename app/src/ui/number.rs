//! Whole numbers as people read them, grouped in thousands.

/// The number with a comma between groups of three digits: `48,213`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped_from_the_right() {
        let read = [0, 7, 999, 1_000, 48_213, 1_002_114].map(grouped);
        assert_eq!(read, ["0", "7", "999", "1,000", "48,213", "1,002,114"]);
    }
}
