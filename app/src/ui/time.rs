//! Points in time and durations as text. Everything is told in from outside, so that server and browser write the same; no clock, no locale.

use leptos::prelude::*;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Parts {
    year: i64,
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// The Gregorian date of a count of days since 1970-01-01, counted in 400-year eras that begin on 1 March.
fn parts(unix_ms: i64) -> Parts {
    let days = unix_ms.div_euclid(DAY);
    let rest = unix_ms.rem_euclid(DAY);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    Parts {
        year: era * 400 + year_of_era + i64::from(month <= 2),
        month: usize::try_from(month).unwrap_or(1),
        day: day_of_year - (153 * march_month + 2) / 5 + 1,
        hour: rest / HOUR,
        minute: rest % HOUR / MINUTE,
        second: rest % MINUTE / SECOND,
    }
}

/// `2026-11-22T23:41:07Z`, for machines.
#[must_use]
pub fn iso(unix_ms: i64) -> String {
    let at = parts(unix_ms);
    let Parts { year, month, day, hour, minute, second } = at;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// `22 Nov 2026, 23:41:07 UTC`, for people.
#[must_use]
pub fn absolute(unix_ms: i64) -> String {
    let Parts { year, month, day, hour, minute, second } = parts(unix_ms);
    let name = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or("Jan");
    format!("{day} {name} {year}, {hour:02}:{minute:02}:{second:02} UTC")
}

/// `23:41:07`, the time of day in UTC.
#[must_use]
pub fn clock(unix_ms: i64) -> String {
    let Parts { hour, minute, second, .. } = parts(unix_ms);
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// How long ago `unix_ms` was as seen from `now_ms`: `just now`, `14 s ago`, `3 min ago`, `2 h ago`, `11 d ago`, `in 5 min`.
#[must_use]
pub fn relative(unix_ms: i64, now_ms: i64) -> String {
    let distance = now_ms.saturating_sub(unix_ms);
    let size = distance.saturating_abs();
    let amount = match size {
        0..SECOND => return "just now".to_owned(),
        SECOND..MINUTE => format!("{} s", size / SECOND),
        MINUTE..HOUR => format!("{} min", size / MINUTE),
        HOUR..DAY => format!("{} h", size / HOUR),
        _ => format!("{} d", size / DAY),
    };
    if distance >= 0 { format!("{amount} ago") } else { format!("in {amount}") }
}

/// How long something took: `40 ms`, `3.1 s`, `7 m 31 s`, `2 h 5 m`, `3 d 4 h`. Negative durations count as zero.
#[must_use]
pub fn duration(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..100 => format!("{ms} ms"),
        100..MINUTE => format!("{}.{} s", ms / SECOND, ms % SECOND / 100),
        MINUTE..HOUR => format!("{} m {} s", ms / MINUTE, ms % MINUTE / SECOND),
        HOUR..DAY => format!("{} h {} m", ms / HOUR, ms % HOUR / MINUTE),
        _ => format!("{} d {} h", ms / DAY, ms % DAY / HOUR),
    }
}

/// A point in time: relative when `now_ms` is given, with the absolute text on hover and for machines; absolute without it.
#[component]
pub fn Timestamp(#[prop(into)] at_ms: Signal<i64>, #[prop(into, optional)] now_ms: MaybeProp<i64>) -> impl IntoView {
    let text = move || now_ms.get().map_or_else(|| absolute(at_ms.get()), |now| relative(at_ms.get(), now));
    view! {
        <time datetime=move || iso(at_ms.get()) title=move || absolute(at_ms.get())>
            {text}
        </time>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants_have_their_calendar_dates() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59Z"),
            (1_795_391_999_000, "2026-11-22T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ];
        for (ms, text) in cases {
            assert_eq!(iso(ms), text);
        }
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_day_before() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for count in 0..146_097 {
            let at = parts(count * DAY);
            assert_eq!((at.year, at.month, at.day), (year, month, day), "day {count}");
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            (year, month, day) = match (month, day) {
                (12, 31) => (year + 1, 1, 1),
                (month, day) if day == length => (year, month + 1, 1),
                _ => (year, month, day + 1),
            };
        }
    }

    #[test]
    fn people_read_the_date_with_its_zone() {
        assert_eq!(absolute(1_795_391_999_000), "22 Nov 2026, 23:59:59 UTC");
        assert_eq!(clock(1_795_391_999_000), "23:59:59");
    }

    #[test]
    fn distances_are_told_in_their_largest_whole_unit() {
        let now = 1_795_391_999_000;
        let cases = [
            (0, "just now"),
            (14 * SECOND, "14 s ago"),
            (59 * MINUTE + 59 * SECOND, "59 min ago"),
            (23 * HOUR, "23 h ago"),
            (400 * DAY, "400 d ago"),
            (-5 * MINUTE, "in 5 min"),
        ];
        for (ago, text) in cases {
            assert_eq!(relative(now - ago, now), text);
        }
        assert_eq!(relative(i64::MIN, i64::MAX), format!("{} d ago", i64::MAX / DAY));
    }

    #[test]
    fn durations_keep_two_units_at_most() {
        let cases = [
            (-5, "0 ms"),
            (40, "40 ms"),
            (3_140, "3.1 s"),
            (7 * MINUTE + 31 * SECOND, "7 m 31 s"),
            (2 * HOUR + 5 * MINUTE, "2 h 5 m"),
            (3 * DAY + 4 * HOUR, "3 d 4 h"),
        ];
        for (ms, text) in cases {
            assert_eq!(duration(ms), text);
        }
    }
}
