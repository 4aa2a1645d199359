//! Days, clocks and their texts, in the proleptic Gregorian calendar.

use crate::time::civil;

/// Nanoseconds of a second.
pub const SECOND: i128 = 1_000_000_000;
/// Nanoseconds of a day.
pub const DAY: i128 = 86_400 * SECOND;

/// A date and time of day as a clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub nanos: i64,
}

impl Clock {
    /// What the clock shows so many nanoseconds after 1970-01-01T00:00:00.
    pub fn of(nanos: i128) -> Self {
        let days = i64::try_from(nanos.div_euclid(DAY)).unwrap_or_default();
        let (year, month, day) = civil(days);
        let of_day = i64::try_from(nanos.rem_euclid(DAY)).unwrap_or_default();
        let seconds = of_day / 1_000_000_000;
        Self {
            year,
            month,
            day,
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            nanos: of_day % 1_000_000_000,
        }
    }
}

/// Days since 1970-01-01 of a date; `None` if there is no such date.
pub fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..=9999).contains(&year) {
        return None;
    }
    let (year_of_march, month_of_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year_of_march.div_euclid(400);
    let year_of_era = year_of_march.rem_euclid(400);
    let day_of_year = (153 * month_of_march + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    (civil(days) == (year, month, day)).then_some(days)
}

/// Why a text is no date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is none in any form.
    Never,
    /// It may be one in a form that is not modelled.
    Perhaps,
}

/// What a text says: a clock, and how many seconds that is ahead of UTC if it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub clock: i128,
    pub offset: Option<i64>,
}

/// Reads a date and time in ISO form, the time and its parts being optional: `2026-11-23T12:34:56.789+01:00`.
pub fn timestamp(text: &str) -> Result<Said, Unread> {
    let text = text.trim();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Unread::Never);
    }
    let mut rest = text;
    let day = iso_date(&mut rest).ok_or(Unread::Perhaps)?.ok_or(Unread::Never)?;
    if rest.is_empty() {
        return Ok(Said { clock: i128::from(day) * DAY, offset: None });
    }
    rest = rest.strip_prefix(['T', 't', ' ']).ok_or(Unread::Perhaps)?;
    let of_day = clock(&mut rest)?;
    let offset = match rest.trim_start() {
        "" => None,
        "Z" | "z" => Some(0),
        written => Some(zone(written)?),
    };
    Ok(Said { clock: i128::from(day) * DAY + i128::from(of_day), offset })
}

/// Reads `YYYY-MM-DD` and nothing else.
pub fn date(text: &str) -> Result<i64, Unread> {
    let mut rest = text;
    match iso_date(&mut rest) {
        Some(Some(days)) if rest.is_empty() => Ok(days),
        Some(_) => Err(Unread::Never),
        None if text.bytes().any(|byte| byte.is_ascii_digit()) => Err(Unread::Perhaps),
        None => Err(Unread::Never),
    }
}

/// Reads a time of day, `12:34[:56[.789]]`, as nanoseconds.
pub fn time(text: &str) -> Result<i64, Unread> {
    let mut rest = text.trim();
    if !rest.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Unread::Never);
    }
    let nanos = clock(&mut rest)?;
    if rest.is_empty() { Ok(nanos) } else { Err(Unread::Perhaps) }
}

/// Takes so many digits from the front.
fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (digits, behind) = rest.split_at_checked(count)?;
    let number = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    *rest = behind;
    Some(number)
}

fn sign(rest: &mut &str, sign: char) -> Option<()> {
    *rest = rest.strip_prefix(sign)?;
    Some(())
}

/// The days of a date at the front: the outer `None` is another shape, the inner one no date.
fn iso_date(rest: &mut &str) -> Option<Option<i64>> {
    let year = digits(rest, 4)?;
    sign(rest, '-')?;
    let month = digits(rest, 2)?;
    sign(rest, '-')?;
    let day = digits(rest, 2)?;
    Some(days(year, month, day))
}

fn clock(rest: &mut &str) -> Result<i64, Unread> {
    let hour = digits(rest, 2).ok_or(Unread::Perhaps)?;
    sign(rest, ':').ok_or(Unread::Perhaps)?;
    let minute = digits(rest, 2).ok_or(Unread::Perhaps)?;
    let (mut second, mut nanos) = (0, 0);
    if sign(rest, ':').is_some() {
        second = digits(rest, 2).ok_or(Unread::Perhaps)?;
        if sign(rest, '.').is_some() {
            let count = rest.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = digits(rest, count).filter(|_| (1..=9).contains(&count)).ok_or(Unread::Perhaps)?;
            nanos = fraction * 10i64.pow(u32::try_from(9 - count).unwrap_or_default());
        }
    }
    if hour > 23 || minute > 59 || second > 59 {
        return Err(Unread::Never);
    }
    Ok(((hour * 60 + minute) * 60 + second) * 1_000_000_000 + nanos)
}

/// Seconds of `+01:00`, `+0100` or `+01`.
fn zone(written: &str) -> Result<i64, Unread> {
    let ahead = if written.starts_with('-') { -1 } else { 1 };
    let mut rest = written.strip_prefix(['+', '-']).ok_or(Unread::Perhaps)?;
    let hours = digits(&mut rest, 2).ok_or(Unread::Perhaps)?;
    let _ = sign(&mut rest, ':');
    let minutes = if rest.is_empty() { 0 } else { digits(&mut rest, 2).ok_or(Unread::Perhaps)? };
    if !rest.is_empty() || hours > 14 || minutes > 59 {
        return Err(Unread::Perhaps);
    }
    Ok(ahead * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_number_are_each_others() {
        for number in (-719_000..2_900_000).step_by(397) {
            let clock = Clock::of(i128::from(number) * DAY);
            assert_eq!(days(clock.year, clock.month, clock.day), Some(number));
        }
        assert_eq!(days(2026, 2, 29), None);
        assert_eq!(days(2024, 2, 29), Some(19_782));
    }

    #[test]
    fn iso_texts_are_read_and_others_are_known_to_be_others() {
        let at = |text: &str| timestamp(text).map(|said| (said.clock / SECOND, said.offset));
        assert_eq!(at("1970-01-01T00:00:01Z"), Ok((1, Some(0))));
        assert_eq!(at("1970-01-01 01:00:00.5 +01:00"), Ok((3600, Some(3600))));
        assert_eq!(at("1970-01-02"), Ok((86_400, None)));
        for (text, unread) in [
            ("soon", Unread::Never),
            ("", Unread::Never),
            ("2026-13-01", Unread::Never),
            ("2026-01-01T25:00:00Z", Unread::Never),
            ("01/02/2026", Unread::Perhaps),
            ("2026-01-01T10:00:00 Europe/Berlin", Unread::Perhaps),
        ] {
            assert_eq!(at(text), Err(unread), "{text}");
        }
    }
}
