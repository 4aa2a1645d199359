//! The tokens of an expression, each with its place; texts and quoted names have lost their quotes and escapes.

use super::{Finding, excerpt, literals, refused};

/// The smallest piece of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a keyword, as written.
    Word(String),
    /// A name between double quotes.
    Quoted(String),
    /// A text.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `$1`
    Column(u32),
    /// An operator or a bracket.
    Sign(&'static str),
}

impl Token {
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(known) if *known == sign)
    }
}

/// A token and the byte at which it starts.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub at: usize,
    pub token: Token,
}

/// Signs, longer ones before those that they start with.
const SIGNS: [&str; 23] = [
    "::", "||", "<=", ">=", "<>", "!=", "=>", "->", ":", ".", ",", "(", ")", "[", "]", "+", "-", "*", "/", "%", "=",
    "<", ">",
];

/// All tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Finding> {
    let mut tokens: Vec<Placed> = vec![];
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let opens = !tokens.last().is_some_and(|last| ends_a_value(&last.token));
        let (token, length) = next(rest, at, opens)?;
        tokens.push(Placed { at, token });
        at += length;
    }
    Ok(tokens)
}

/// Whether a point behind the token goes into its value, and does not start a number.
fn ends_a_value(token: &Token) -> bool {
    matches!(token, Token::Word(_) | Token::Quoted(_) | Token::Column(_) | Token::Sign(")" | "]"))
}

fn next(rest: &str, at: usize, opens: bool) -> Result<(Token, usize), Finding> {
    let mut chars = rest.chars();
    let (first, second) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
    match first {
        '\'' => literals::single_quoted(rest, at).map(|(text, length)| (Token::Text(text), length)),
        '"' => literals::double_quoted(rest, at).map(|(name, length)| (Token::Quoted(name), length)),
        '$' if second == '$' => literals::dollar_quoted(rest, at).map(|(text, length)| (Token::Text(text), length)),
        '$' => column(rest, at),
        '0'..='9' => number(rest, at),
        '.' if opens && second.is_ascii_digit() => number(rest, at),
        c if c.is_ascii_alphabetic() || c == '_' => Ok(word(rest)),
        _ => sign(rest, at, first),
    }
}

fn word(rest: &str) -> (Token, usize) {
    let length = rest.find(|c: char| !is_of_a_word(c)).unwrap_or(rest.len());
    (Token::Word(rest.chars().take(length).collect()), length)
}

fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

fn column(rest: &str, at: usize) -> Result<(Token, usize), Finding> {
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let runs_on = rest.chars().nth(1 + digits.len()).is_some_and(is_of_a_word);
    match digits.parse() {
        Ok(number) if !runs_on => Ok((Token::Column(number), 1 + digits.len())),
        _ => Err(Finding::new(
            at,
            "Variables of a session have no value in a pipe.",
            "Write the value itself, or $1 for the row.",
        )),
    }
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Finding> {
    let digits = |from: usize| rest.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let byte = |at: usize| rest.as_bytes().get(at).copied();
    let mut length = digits(0);
    if byte(length) == Some(b'.') {
        length += 1 + digits(length + 1);
    }
    if matches!(byte(length), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(byte(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + signed);
        if exponent > 0 {
            length += 1 + signed + exponent;
        }
    }
    let (written, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
    if behind.starts_with(is_of_a_word) {
        let message = format!("The number {} runs into a word.", excerpt(written));
        return Err(Finding::new(at, message, "Put a space or an operator between them."));
    }
    Ok((Token::Number(written.to_owned()), length))
}

fn sign(rest: &str, at: usize, first: char) -> Result<(Token, usize), Finding> {
    if let Some(finding) = refused::sign(rest, at) {
        return Err(finding);
    }
    if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        return Ok((Token::Sign(sign), sign.len()));
    }
    let message = format!("{first:?} has no meaning here.");
    let hint = if first.is_alphanumeric() {
        "Write names with other than plain letters between double quotes, as in $1:\"größe\"."
    } else {
        "Remove it, or put it into a text between single quotes."
    };
    Err(Finding::new(at, message, hint))
}
