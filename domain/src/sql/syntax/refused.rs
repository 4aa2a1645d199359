//! What SQL knows and a COPY transformation does not: each word or sign with the reason and the remedy.

use super::Finding;

/// Words that start something which one expression over one row cannot hold, sorted.
const WORDS: [(&str, &str, &str); 36] = [
    ("ALL", "A COPY transformation compares with single values.", "Combine comparisons with AND."),
    ("ANY", "A COPY transformation compares with single values.", "Combine comparisons with OR."),
    ("COLLATE", "A COPY transformation cannot collate.", "Compare as it is, or set the collation where you query."),
    ("CONNECT", "A COPY transformation sees one row at a time.", "Do this in a view over the table."),
    ("CROSS", JOINS, VIEW),
    ("DISTINCT", "A COPY transformation sees one row at a time.", "Remove duplicates in a view over the table."),
    ("EXCEPT", ROW, VIEW),
    ("EXISTS", SUBQUERY, ONE),
    ("FETCH", ALL_ROWS, "Filter in a view over the table."),
    ("FROM", SUBQUERY, ONE),
    ("FULL", JOINS, VIEW),
    ("GROUP", ROW, VIEW),
    ("HAVING", ROW, VIEW),
    ("INNER", JOINS, VIEW),
    ("INTERSECT", ROW, VIEW),
    ("INTERVAL", "A COPY transformation cannot add to dates.", "Do this in a view over the table."),
    ("INTO", SUBQUERY, ONE),
    ("JOIN", JOINS, VIEW),
    ("LATERAL", JOINS, VIEW),
    ("LEFT", JOINS, VIEW),
    ("LIMIT", ALL_ROWS, "Filter in a view over the table."),
    ("MINUS", ROW, VIEW),
    ("NATURAL", JOINS, VIEW),
    ("ORDER", ROW, VIEW),
    ("OVER", "Window functions look at other rows, and a COPY transformation sees one at a time.", VIEW),
    ("QUALIFY", ROW, VIEW),
    ("REGEXP", "A COPY transformation has no operator REGEXP.", "Use REGEXP_SUBSTR(text, pattern) IS NOT NULL."),
    ("RIGHT", JOINS, VIEW),
    ("RLIKE", "A COPY transformation has no operator RLIKE.", "Use REGEXP_SUBSTR(text, pattern) IS NOT NULL."),
    ("SELECT", SUBQUERY, ONE),
    ("TOP", ALL_ROWS, "Filter in a view over the table."),
    ("UNION", ROW, VIEW),
    ("USING", JOINS, VIEW),
    ("WHERE", ALL_ROWS, "Load all rows, and filter in a view over the table."),
    ("WITH", SUBQUERY, ONE),
    ("WITHIN", "Aggregates look at other rows, and a COPY transformation sees one at a time.", VIEW),
];

const SUBQUERY: &str = "A column's expression cannot hold a query.";
const ONE: &str = "Write one expression over $1, the row of the file.";
const JOINS: &str = "A COPY transformation cannot join.";
const ROW: &str = "A COPY transformation sees one row at a time.";
const VIEW: &str = "Do this in a view over the table.";
const ALL_ROWS: &str = "A COPY transformation loads every row.";

/// What there is to say about a word, given upper case, where no value can start or none can go on.
pub(super) fn word(word: &str, at: usize) -> Option<Finding> {
    let found = WORDS.binary_search_by(|(known, ..)| (*known).cmp(word)).ok();
    found.and_then(|i| WORDS.get(i)).map(|(_, message, hint)| Finding::new(at, *message, *hint))
}

/// What there is to say about the sign that `rest` starts with.
pub(super) fn sign(rest: &str, at: usize) -> Option<Finding> {
    let starts = |signs: &[&str]| signs.iter().any(|sign| rest.starts_with(sign));
    if starts(&["--", "//", "/*"]) {
        let hint = "Remove it; a column's comment is the place for words. For a double minus, use parentheses.";
        return Some(Finding::new(at, "An expression cannot hold a comment.", hint));
    }
    if starts(&[";"]) {
        return Some(Finding::new(at, "An expression cannot hold a second statement.", "Remove the semicolon."));
    }
    if starts(&["@"]) {
        let hint = "Write $1 for the row of the file that is being loaded.";
        return Some(Finding::new(at, "An expression cannot read a stage.", hint));
    }
    if starts(&["`"]) {
        return Some(Finding::new(at, "Snowflake quotes names with double quotes.", "Write \"name\"."));
    }
    starts(&["?"]).then(|| Finding::new(at, "A pipe binds no values to question marks.", "Write the value itself."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_so_that_each_is_found() {
        assert!(WORDS.is_sorted_by_key(|(word, ..)| *word));
        for (known, ..) in WORDS {
            assert!(word(known, 0).is_some(), "{known}");
        }
    }
}
