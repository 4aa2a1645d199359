//! Exact decimal numbers of up to 38 digits, with the arithmetic and the rounding of NUMBER.

use std::cmp::Ordering;
use std::fmt;

/// The most digits that there are.
pub const MAX_DIGITS: u32 = 38;
/// The most digits after the point of a column.
const MAX_SCALE: u32 = 37;

/// A number of at most 38 digits, some of them after the point. Equal numbers are equal whatever their trailing zeros.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    unscaled: i128,
    scale: u32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { unscaled: 0, scale: 0 };

    /// `unscaled` divided by ten to the power of `scale`; `None` where that has too many digits.
    pub fn new(unscaled: i128, scale: u32) -> Option<Self> {
        (unscaled.unsigned_abs() < power(MAX_DIGITS).unsigned_abs() && scale <= MAX_DIGITS)
            .then_some(Self { unscaled, scale })
    }

    /// Digits after the point.
    pub fn scale(self) -> u32 {
        self.scale
    }

    /// The number without its point.
    pub fn unscaled(self) -> i128 {
        self.unscaled
    }

    /// The number as plain text says it, with an exponent or not; digits beyond 37 after the point are rounded.
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let negative = mantissa.starts_with('-');
        let plain = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let digits: String = whole.chars().chain(fraction.chars()).collect();
        if digits.is_empty() || digits.len() > 400 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        Self::of_digits(digits.trim_start_matches('0'), scale, negative)
    }

    /// Digits with a point `scale` from their end, which may be outside of them.
    fn of_digits(digits: &str, scale: i32, negative: bool) -> Option<Self> {
        let (most, zeros) = (MAX_SCALE.cast_signed(), usize::try_from(-scale).unwrap_or(0));
        if scale > most {
            let dropped = usize::try_from(scale - most).ok()?;
            let kept = digits.len().saturating_sub(dropped);
            let rounds_up = digits.len() >= dropped && digits.as_bytes().get(kept).is_some_and(|digit| *digit >= b'5');
            let unscaled: i128 = if kept == 0 { 0 } else { digits.get(..kept)?.parse().ok()? };
            let unscaled = unscaled + i128::from(rounds_up);
            return Self::new(if negative { -unscaled } else { unscaled }, MAX_SCALE);
        }
        if digits.is_empty() {
            return Some(Self::ZERO);
        }
        if zeros > MAX_DIGITS as usize {
            return None;
        }
        let unscaled: i128 = format!("{digits}{}", "0".repeat(zeros)).parse().ok()?;
        Self::new(if negative { -unscaled } else { unscaled }, u32::try_from(scale.max(0)).ok()?)
    }

    /// The number that the shortest text of a floating point number says.
    pub fn of_float(number: f64) -> Option<Self> {
        number.is_finite().then(|| Self::parse(&format!("{number:e}"))).flatten()
    }

    /// The nearest floating point number.
    pub fn to_float(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// With so many digits after the point; what is dropped is rounded half away from zero.
    pub fn rescaled(self, scale: u32) -> Option<Self> {
        if scale >= self.scale {
            return Self::new(self.unscaled.checked_mul(10i128.checked_pow(scale - self.scale)?)?, scale);
        }
        let unit = 10i128.checked_pow(self.scale - scale)?;
        let (quotient, rest) = (self.unscaled / unit, self.unscaled % unit);
        let away = i128::from(rest.abs() >= unit - rest.abs()) * rest.signum();
        Self::new(quotient + away, scale)
    }

    /// Whether it has no more than so many digits.
    pub fn fits(self, precision: u32) -> bool {
        self.unscaled.unsigned_abs() < power(precision.min(MAX_DIGITS)).unsigned_abs()
    }

    /// The number, if it is a whole one.
    pub fn whole(self) -> Option<i128> {
        let unit = power(self.scale);
        (self.unscaled % unit == 0).then_some(self.unscaled / unit)
    }

    /// The greatest whole number that is not greater.
    pub fn floor(self) -> i128 {
        self.unscaled.div_euclid(power(self.scale))
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::new(self.rescaled(scale)?.unscaled.checked_add(other.rescaled(scale)?.unscaled)?, scale)
    }

    pub(super) fn negative(self) -> Self {
        Self { unscaled: -self.unscaled, scale: self.scale }
    }

    /// The product; its scale is the sum of both, but no more than twelve unless one of them has more.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let (sum, least) = (self.scale + other.scale, self.scale.max(other.scale).max(12));
        let product = self.unscaled.checked_mul(other.unscaled)?;
        if sum <= least { Self::new(product, sum) } else { rounded(product, sum, sum.min(least)) }
    }

    /// The quotient, with six digits more than the dividend has, but no more than twelve unless that has more.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        let scale = self.scale.max((self.scale + 6).min(12));
        let shift = (scale + other.scale).checked_sub(self.scale)?;
        let dividend = self.unscaled.checked_mul(10i128.checked_pow(shift)?)?;
        let (quotient, rest) = (dividend.checked_div(other.unscaled)?, dividend.checked_rem(other.unscaled)?);
        let sign = dividend.signum() * other.unscaled.signum();
        let away = i128::from(rest.unsigned_abs() >= other.unscaled.unsigned_abs() - rest.unsigned_abs()) * sign;
        Self::new(quotient + away, scale)
    }

    pub(super) fn modulo(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::new(self.rescaled(scale)?.unscaled.checked_rem(other.rescaled(scale)?.unscaled)?, scale)
    }
}

fn rounded(unscaled: i128, scale: u32, to: u32) -> Option<Decimal> {
    let unit = 10i128.checked_pow(scale - to)?;
    let (quotient, rest) = (unscaled / unit, unscaled % unit);
    Decimal::new(quotient + i128::from(rest.abs() >= unit - rest.abs()) * rest.signum(), to)
}

/// Ten to the power of at most 38.
fn power(exponent: u32) -> i128 {
    10i128.checked_pow(exponent).unwrap_or(i128::MAX)
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self { unscaled: i128::from(number), scale: 0 }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // A fraction of at most 38 digits stays within them when it is written with all 38.
        let fraction = |number: &Self| {
            let rest = number.unscaled.rem_euclid(power(number.scale));
            rest.saturating_mul(power(MAX_DIGITS - number.scale))
        };
        self.floor().cmp(&other.floor()).then_with(|| fraction(self).cmp(&fraction(other)))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    /// All digits after the point, trailing zeros included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.unscaled < 0 { "-" } else { "" };
        let (digits, scale) = (self.unscaled.unsigned_abs(), self.scale as usize);
        let padded = format!("{digits:0>width$}", width = scale + 1);
        match padded.split_at_checked(padded.len() - scale) {
            Some((whole, fraction)) if scale > 0 => write!(f, "{sign}{whole}.{fraction}"),
            _ => write!(f, "{sign}{padded}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn texts_are_read_exactly() {
        for (text, printed) in [
            ("0", "0"),
            ("-0.050", "-0.050"),
            ("+7.5", "7.5"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e-40", "0.0000000000000000000000000000000000000"),
        ] {
            assert_eq!(of(text).to_string(), printed);
        }
        for text in ["", ".", "-", "1e", "abc", "1 2", "١", "100000000000000000000000000000000000000", "1e38"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn dropped_digits_are_rounded_half_away_from_zero() {
        for (text, scale, printed) in [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.45", 1, "2.5"), ("2.44", 1, "2.4")] {
            assert_eq!(of(text).rescaled(scale).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn products_and_quotients_have_the_scale_of_snowflakes() {
        assert_eq!(of("123456789").times(of("0.000000001")).unwrap().to_string(), "0.123456789");
        assert_eq!(of("1").over(of("3")).unwrap().to_string(), "0.333333");
        assert_eq!(of("2").over(of("-3")).unwrap().to_string(), "-0.666667");
        assert_eq!(of("1").over(of("0")), None);
        assert_eq!(of("7.5").modulo(of("2")).unwrap().to_string(), "1.5");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(a in -10_000i64..10_000, b in -10_000i64..10_000, x in 0u32..5, y in 0u32..5) {
            let (left, right) = (Decimal::new(a.into(), x).unwrap(), Decimal::new(b.into(), y).unwrap());
            let exact = (i128::from(a) * 10i128.pow(y)).cmp(&(i128::from(b) * 10i128.pow(x)));
            prop_assert_eq!(left.cmp(&right), exact);
            prop_assert_eq!(Decimal::parse(&left.to_string()).unwrap(), left);
        }
    }
}
