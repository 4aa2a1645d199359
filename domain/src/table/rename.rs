//! Names as the user types them. Typed without quotes a name is folded to upper case, as Snowflake itself would; in double quotes
//! it is taken to the letter.

use super::naming::{MAX_IDENTIFIER_CHARS, has_reserved_prefix, is_forbidden, is_reserved, snake_upper};
use crate::sql::Identifier;

/// A typed name that can be used, with what the user should know about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub name: String,
    pub caution: Option<Problem>,
}

/// What is wrong with a typed name, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub message: String,
    pub hint: String,
}

fn problem(message: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem { message: message.into(), hint: hint.into() }
}

/// Reads a column's name.
pub(super) fn column(text: &str) -> Result<Typed, Problem> {
    let name = identifier(text)?;
    if has_reserved_prefix(&name) {
        let hint = format!("Use a name that does not start with _EVENT_ or _LOAD, for example {}.", suggestion(&name));
        return Err(problem("Names that start with _EVENT_ or _LOAD belong to the envelope and the load.", hint));
    }
    if is_forbidden(&name) {
        let hint = format!("Add a word that says which one, for example EVENT_{}.", name.to_uppercase());
        return Err(problem(format!("Snowflake cannot have a column named {name}, even in quotes."), hint));
    }
    let caution = caution(&name);
    Ok(Typed { name, caution })
}

/// Reads the name of a column of the envelope or the load, which may have the prefixes that are theirs.
pub(super) fn around(text: &str) -> Result<String, String> {
    match identifier(text) {
        Ok(name) if is_forbidden(&name) => Err(format!("Snowflake cannot have a column named {name}, even in quotes.")),
        read => read.map_err(|problem| problem.message),
    }
}

/// Reads a table's name. Terraform splits names at dots and bars, so these are refused here.
pub(super) fn table(text: &str) -> Result<Typed, Problem> {
    let name = identifier(text)?;
    if let Some(c) = name.chars().find(|c| matches!(c, '.' | '|' | '"')) {
        let hint = format!("Leave it out, for example {}.", suggestion(&name));
        return Err(problem(format!("A table's name cannot hold {c}, because Terraform splits names there."), hint));
    }
    let caution = caution(&name);
    Ok(Typed { name, caution })
}

fn identifier(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let name = match text.strip_prefix('"') {
        Some(rest) => unquoted(rest)?,
        None if text.contains('"') => {
            let hint = "Put the whole name in double quotes and write each quote inside it twice, or leave quotes out.";
            return Err(problem("A double quote in the middle of a name is ambiguous.", hint));
        }
        None => text.to_uppercase(),
    };
    let length = name.chars().count();
    if name.is_empty() {
        return Err(problem("A name cannot be empty.", "Type a name, or reset it to the generated one."));
    }
    if length > MAX_IDENTIFIER_CHARS {
        let message = format!("A name has at most {MAX_IDENTIFIER_CHARS} characters; this one has {length}.");
        return Err(problem(message, "Shorten it."));
    }
    if name.chars().any(crate::sql::misleads) {
        return Err(problem(
            "A name cannot hold control or invisible characters.",
            "Type it anew instead of pasting it.",
        ));
    }
    Ok(name)
}

/// What stands in double quotes; `rest` starts after the first one.
fn unquoted(rest: &str) -> Result<String, Problem> {
    let inner = rest.strip_suffix('"').unwrap_or_default();
    let pairs_taken_out = inner.replace("\"\"", "");
    if rest.ends_with('"') && !pairs_taken_out.contains('"') {
        return Ok(inner.replace("\"\"", "\""));
    }
    Err(problem(
        "The double quotes do not match.",
        "Close the quote at the end, and write each quote inside the name twice.",
    ))
}

fn suggestion(name: &str) -> String {
    match snake_upper(name).trim_start_matches('_') {
        "" => "ORDER_ID".to_owned(),
        plain => plain.to_owned(),
    }
}

fn caution(name: &str) -> Option<Problem> {
    if is_reserved(name) {
        let message = format!("{name} is a reserved word, so every query must write it in double quotes.");
        return Some(problem(message, format!("Use {name}_ or a longer name.")));
    }
    if !Identifier(name).is_plain() {
        let message = format!("Every query must write {} in double quotes, exactly so.", Identifier(name));
        return Some(problem(message, format!("Use {}.", suggestion(name))));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        column(text).unwrap().name
    }

    #[test]
    fn a_name_without_quotes_is_folded_and_one_in_quotes_is_not() {
        assert_eq!(name(" coupon_code "), "COUPON_CODE");
        assert_eq!(name("\"couponCode\""), "couponCode");
        assert_eq!(name("\"a\"\"b\""), "a\"b");
        assert_eq!(column("coupon_code").unwrap().caution, None);
    }

    #[test]
    fn names_that_need_quotes_in_queries_are_taken_with_a_caution() {
        for text in ["order", "order id", "\"lower\"", "größe", "2fa"] {
            assert!(column(text).unwrap().caution.is_some(), "{text}");
        }
    }

    #[test]
    fn impossible_names_are_refused_with_what_to_do() {
        let long = "x".repeat(256);
        for text in [
            "",
            "  ",
            "\"\"",
            "\"open",
            "a\"b",
            "\"a\"b\"",
            "\"",
            "a\0b",
            "a\u{202e}b",
            "current_date",
            "_event_x",
            "_loaded",
            &long,
        ] {
            let problem = column(text).unwrap_err();
            assert!(problem.message.ends_with('.') && problem.hint.ends_with('.'), "{text:?}: {problem:?}");
        }
        assert_eq!(name(&"x".repeat(255)).len(), 255);
        assert!(table("a.b").is_err() && table("\"a|b\"").is_err() && table("_event_x").is_ok());
    }
}
