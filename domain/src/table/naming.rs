//! Names of columns and tables: the naming algorithm, reserved words and collisions. Deterministic, and independent of edits, so
//! that expanding or dropping one field never renames another's column.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::hash::short_hex;
use crate::schema::FieldPath;
use crate::subject::SubjectName;

/// How the name of a column is made of its field's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// `orderId` becomes `ORDER_ID`.
    #[default]
    SnakeUpper,
    /// `orderId` becomes `ORDERID`.
    UpperOnly,
    /// `orderId` stays so, and every query has to quote it.
    Preserve,
}

/// The longest identifier, in characters.
pub const MAX_IDENTIFIER_CHARS: usize = 255;

const KEPT_OF_LONG_NAMES: usize = 120;

/// Words that Snowflake reserves (the reserved keywords page of its SQL reference), sorted.
const RESERVED: [&str; 93] = [
    "ACCOUNT",
    "ALL",
    "ALTER",
    "AND",
    "ANY",
    "AS",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "CHECK",
    "COLUMN",
    "CONNECT",
    "CONNECTION",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "CURRENT",
    "CURRENT_DATE",
    "CURRENT_ROLE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "CURRENT_USER",
    "DATABASE",
    "DELETE",
    "DISTINCT",
    "DROP",
    "ELSE",
    "EXISTS",
    "FALSE",
    "FOLLOWING",
    "FOR",
    "FROM",
    "FULL",
    "GRANT",
    "GROUP",
    "GSCLUSTER",
    "HAVING",
    "ILIKE",
    "IN",
    "INCREMENT",
    "INNER",
    "INSERT",
    "INTERSECT",
    "INTO",
    "IS",
    "ISSUE",
    "JOIN",
    "LATERAL",
    "LEFT",
    "LIKE",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "MINUS",
    "NATURAL",
    "NOT",
    "NULL",
    "OF",
    "ON",
    "OR",
    "ORDER",
    "ORGANIZATION",
    "QUALIFY",
    "REGEXP",
    "REVOKE",
    "RIGHT",
    "RLIKE",
    "ROW",
    "ROWS",
    "SAMPLE",
    "SCHEMA",
    "SELECT",
    "SET",
    "SOME",
    "START",
    "TABLE",
    "TABLESAMPLE",
    "THEN",
    "TO",
    "TRIGGER",
    "TRUE",
    "TRY_CAST",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VALUES",
    "VIEW",
    "WHEN",
    "WHENEVER",
    "WHERE",
    "WINDOW",
    "WITH",
];

/// Whether Snowflake reserves the word, in any case.
pub fn is_reserved(word: &str) -> bool {
    let word = || word.bytes().map(|byte| byte.to_ascii_uppercase());
    RESERVED.binary_search_by(|reserved| reserved.bytes().cmp(word())).is_ok()
}

/// Whether no column can have this name, even quoted.
pub(super) fn is_forbidden(name: &str) -> bool {
    matches!(
        name.to_ascii_uppercase().as_str(),
        "CURRENT_DATE"
            | "CURRENT_TIME"
            | "CURRENT_TIMESTAMP"
            | "CURRENT_USER"
            | "CURRENT_ROLE"
            | "LOCALTIME"
            | "LOCALTIMESTAMP"
    )
}

/// Whether a name belongs to the envelope or the load metadata.
pub(super) fn has_reserved_prefix(name: &str) -> bool {
    if !name.starts_with('_') {
        return false;
    }
    let folded = folded(name);
    folded.starts_with("_EVENT_") || folded.starts_with("_LOAD")
}

/// A name as comparisons have it: two columns may not differ by case alone.
pub(super) fn folded(name: &str) -> String {
    name.to_uppercase()
}

/// One segment by the naming; empty if nothing of the text can stand in a name.
fn segment(text: &str, naming: Naming) -> String {
    match naming {
        Naming::SnakeUpper => snake_upper(text),
        Naming::UpperOnly => spelled(text, false),
        Naming::Preserve => text.chars().map(|c| if crate::sql::misleads(c) { '_' } else { c }).collect(),
    }
}

/// One segment in upper snake case: `orderID` is `ORDER_ID`, `HTTPServer` is `HTTP_SERVER`. One leading underscore stays; there
/// are never two in a row. Empty if the text has no letter or digit.
pub(crate) fn snake_upper(text: &str) -> String {
    spelled(text, true)
}

fn spelled(text: &str, breaks_camel_case: bool) -> String {
    let mut name = String::with_capacity(text.len() + 8);
    let mut before: Option<char> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_is_lower = chars.peek().is_some_and(|c| c.is_lowercase());
        let camel = breaks_camel_case
            && c.is_uppercase()
            && before.is_some_and(|b| after_is_lower || b.is_lowercase() || b.is_numeric());
        if (camel || !c.is_alphanumeric()) && !name.ends_with('_') {
            name.push('_');
        }
        if c.is_alphanumeric() {
            name.extend(c.to_uppercase());
        }
        before = Some(c);
    }
    // There is one underscore at most at either end.
    if name.ends_with('_') {
        name.pop();
    }
    if name.starts_with('_') && !text.starts_with('_') {
        name.remove(0);
    }
    name
}

/// The name shortened to fit, with room for `reserve` more characters; what is cut is told apart by a hash of `identity`.
pub fn fit(name: &str, identity: &str, reserve: usize) -> String {
    if fits(name, reserve) {
        return name.to_owned();
    }
    let kept: String = name.chars().take(KEPT_OF_LONG_NAMES).collect();
    format!("{kept}_{}", short_hex(identity, 8).to_uppercase())
}

fn fits(name: &str, reserve: usize) -> bool {
    name.chars().count() + reserve <= MAX_IDENTIFIER_CHARS
}

/// What the algorithm makes of a field before collisions; `position` counts the field among its siblings from 1.
fn plain_name(path: &FieldPath, positions: &[usize], naming: Naming) -> String {
    let segments = path.segments().iter().zip(positions).map(|(text, position)| match segment(text, naming) {
        name if name.is_empty() => format!("_FIELD_{position}"),
        name => name,
    });
    let name = segments.reduce(|around, name| around + "__" + &name).unwrap_or_default();
    let name = if has_reserved_prefix(&name) { name.trim_start_matches('_').to_owned() } else { name };
    let is_quoted = naming == Naming::Preserve;
    let name = if !is_quoted && name.starts_with(|c: char| c.is_numeric()) { format!("_{name}") } else { name };
    let is_taken = if is_quoted { is_forbidden(&name) } else { is_reserved(&name) };
    let name = if is_taken { format!("{name}_") } else { name };
    if fits(&name, 0) { name } else { fit(&name, &path.to_string(), 0) }
}

/// Column names that are taken, and how a newcomer is told apart.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    naming: Naming,
}

impl Names {
    /// Names by a naming, with these taken already and so many to come.
    pub(super) fn with<'a>(naming: Naming, names: impl IntoIterator<Item = &'a str>, to_come: usize) -> Self {
        let mut taken: HashSet<String> = names.into_iter().map(folded).collect();
        taken.reserve(to_come);
        Self { taken, naming }
    }

    /// The name of a field's column, and whether it had to be told apart from an earlier one.
    pub(super) fn claim(&mut self, path: &FieldPath, positions: &[usize]) -> (String, bool) {
        let plain = plain_name(path, positions, self.naming);
        if self.taken.insert(folded(&plain)) {
            return (plain, false);
        }
        let mut identity = path.to_string();
        loop {
            let hash = short_hex(&identity, 6).to_uppercase();
            let kept: String = plain.chars().take(MAX_IDENTIFIER_CHARS - 7).collect();
            let name = format!("{kept}_{hash}");
            if self.taken.insert(folded(&name)) {
                return (name, true);
            }
            identity.push('\0');
        }
    }
}

/// The table's name: the context, then the event (`EU__ORDER_PLACED`).
pub(super) fn table_name(subject: &SubjectName) -> String {
    let parts = [subject.context().unwrap_or_default(), subject.event_name()];
    let name = parts.map(snake_upper).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("__");
    let name = if snake_upper(subject.event_name()).is_empty() {
        format!("{name}_EVENT_{}", short_hex(subject.as_str(), 8).to_uppercase())
    } else {
        name
    };
    let name = name.trim_start_matches('_').to_owned();
    let name = if name.starts_with(|c: char| c.is_numeric()) { format!("_{name}") } else { name };
    let name = if is_reserved(&name) { format!("{name}_") } else { name };
    fit(&name, subject.as_str(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn camel_case_is_broken_where_words_begin() {
        for (text, name) in [
            ("orderID", "ORDER_ID"),
            ("HTTPServer", "HTTP_SERVER"),
            ("item2Id", "ITEM2_ID"),
            ("already_snake", "ALREADY_SNAKE"),
            ("a--b..c", "A_B_C"),
            ("_id", "_ID"),
            ("__x__y__", "_X_Y"),
            ("Straße", "STRASSE"),
            ("größeÄnderung", "GRÖSSE_ÄNDERUNG"),
            ("ABc", "A_BC"),
            ("i18n", "I18N"),
            ("🦀", ""),
            ("", ""),
        ] {
            assert_eq!(snake_upper(text), name, "{text}");
        }
    }

    #[test]
    fn the_reserved_words_are_sorted_for_the_search() {
        assert!(RESERVED.is_sorted());
        assert!(is_reserved("order") && is_reserved("Try_Cast") && !is_reserved("ORDERS"));
    }

    #[test]
    fn reserved_prefixed_and_numeric_names_are_changed() {
        let name = |text: &str| Names::default().claim(&FieldPath::of([text]), &[4]).0;
        assert_eq!(name("order"), "ORDER_");
        assert_eq!(name("_event_id"), "EVENT_ID");
        assert_eq!(name("_loadFactor"), "LOAD_FACTOR");
        assert_eq!(name("2fa"), "_2FA");
        assert_eq!(name("!!"), "_FIELD_4");
    }

    #[test]
    fn other_namings_leave_words_or_even_the_spelling_as_they_are() {
        let name = |naming, text: &str| Names::with(naming, [], 0).claim(&FieldPath::of([text]), &[4]).0;
        for (text, upper, preserved) in [
            ("orderId", "ORDERID", "orderId"),
            ("order", "ORDER_", "order"),
            ("order-id.x", "ORDER_ID_X", "order-id.x"),
            ("2fa", "_2FA", "2fa"),
            ("current_date", "CURRENT_DATE_", "current_date_"),
            ("_event_id", "EVENT_ID", "event_id"),
            ("a\u{202e}b", "A_B", "a_b"),
        ] {
            assert_eq!(name(Naming::UpperOnly, text), upper);
            assert_eq!(name(Naming::Preserve, text), preserved);
        }
        let nested = FieldPath::of(["orderId", "Order Id"]);
        assert_eq!(Names::with(Naming::Preserve, [], 0).claim(&nested, &[1, 1]).0, "orderId__Order Id");
    }

    #[test]
    fn collisions_ignore_case_and_keep_the_first_name() {
        let mut names = Names::default();
        assert_eq!(names.claim(&FieldPath::of(["orderId"]), &[1]), ("ORDER_ID".into(), false));
        let (second, told_apart) = names.claim(&FieldPath::of(["order_id"]), &[2]);
        assert!(told_apart && second.starts_with("ORDER_ID_") && second.len() == 15, "{second}");
    }

    #[test]
    fn long_names_keep_their_start_and_a_hash_of_the_whole_path() {
        let name = |end: &str| Names::default().claim(&FieldPath::of(["x".repeat(300) + end]), &[1]).0;
        assert_eq!(name("a").chars().count(), 129);
        assert_ne!(name("a"), name("b"));
    }

    #[test]
    fn the_context_is_joined_into_the_tables_name() {
        let name = |text: &str| table_name(&SubjectName::parse(text).unwrap());
        assert_eq!(name(":.eu:order_placed-value"), "EU__ORDER_PLACED");
        assert_eq!(name("order.placed-value"), "ORDER_PLACED");
        assert_eq!(name("orders"), "ORDERS");
        assert_eq!(name("order-value"), "ORDER_");
        assert!(name("..").starts_with("EVENT_"));
        assert_eq!(name("2fa"), "_2FA");
    }
}
