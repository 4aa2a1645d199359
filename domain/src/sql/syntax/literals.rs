//! What stands between quotes. In Snowflake a backslash escapes inside single quotes, and nothing but a doubled quote does inside
//! double ones.

use super::Finding;

/// A text between single quotes at the start of `rest`, and the bytes that it takes.
pub(super) fn single_quoted(rest: &str, at: usize) -> Result<(String, usize), Finding> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '\'' if chars.next_if(|(_, next)| *next == '\'').is_some() => text.push('\''),
            '\'' => return Ok((text, i + 1)),
            '\\' => {
                let Some((_, escaped)) = chars.next() else { break };
                let mut digits = |most: usize, radix: u32| {
                    let mut digits = String::new();
                    while let Some((_, digit)) = chars.next_if(|(_, c)| digits.len() < most && c.is_digit(radix)) {
                        digits.push(digit);
                    }
                    digits
                };
                text.push(match escaped {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => code(&digits(4, 16), 4, 16, at + i)?,
                    'x' => code(&digits(2, 16), 2, 16, at + i)?,
                    '0'..='7' => match digits(2, 8).as_str() {
                        "" if escaped == '0' => '\0',
                        more => code(&format!("{escaped}{more}"), 3, 8, at + i)?,
                    },
                    other => other,
                });
            }
            c => text.push(c),
        }
    }
    Err(Finding::new(at, "The text has no end.", "Close it with a single quote; inside, write '' for one."))
}

/// The character of an escape.
fn code(digits: &str, least: usize, radix: u32, at: usize) -> Result<char, Finding> {
    let code = if digits.len() < least { None } else { u32::from_str_radix(digits, radix).ok() };
    code.and_then(char::from_u32).ok_or_else(|| {
        let hint = "Write \\u and four hexadecimal digits, or \\\\ for a backslash.";
        Finding::new(at, "The escape stands for no character.", hint)
    })
}

/// A name between double quotes at the start of `rest`, and the bytes that it takes.
pub(super) fn double_quoted(rest: &str, at: usize) -> Result<(String, usize), Finding> {
    let mut name = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' if chars.next_if(|(_, next)| *next == '"').is_some() => name.push('"'),
            '"' if name.is_empty() => break,
            '"' => return Ok((name, i + 1)),
            c => name.push(c),
        }
    }
    Err(Finding::new(at, "The name has no end, or nothing in it.", "Write it between double quotes, as in $1:\"id\"."))
}

/// A text between `$$` at the start of `rest`, and the bytes that it takes.
pub(super) fn dollar_quoted(rest: &str, at: usize) -> Result<(String, usize), Finding> {
    let inside = rest.get(2..).and_then(|rest| rest.split_once("$$"));
    match inside {
        Some((text, _)) => Ok((text.to_owned(), text.len() + 4)),
        None => Err(Finding::new(at, "The text has no end.", "Close it with $$, or write it between single quotes.")),
    }
}
