//! What an expression may use in a COPY transformation: Snowflake's list of functions, with the values that each takes, and for
//! what is not on the list the way to say it with what is.

use super::syntax::{Expr, Finding, Node, excerpt, parse};

/// A function that a COPY transformation may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its name, upper case.
    pub name: &'static str,
    /// The fewest values that it takes.
    pub least: usize,
    /// The most values that it takes.
    pub most: usize,
}

const fn f(name: &'static str, least: usize, most: usize) -> Function {
    Function { name, least, most }
}

const MANY: usize = usize::MAX;

/// The functions that a COPY transformation may call, sorted by name. CASE, CAST, TRY_CAST and the operators are no calls.
pub const FUNCTIONS: &[Function] = &[
    f("ARRAY_CONSTRUCT", 0, MANY),
    f("ARRAY_SIZE", 1, 1),
    f("ASCII", 1, 1),
    f("CEIL", 1, 2),
    f("CHECK_JSON", 1, 1),
    f("CHECK_XML", 1, 2),
    f("CHR", 1, 1),
    f("CONCAT", 1, MANY),
    f("CONVERT_TIMEZONE", 2, 3),
    f("ENDSWITH", 2, 2),
    f("EQUAL_NULL", 2, 2),
    f("FLOOR", 1, 2),
    f("GET", 2, 2),
    f("GET_PATH", 2, 2),
    f("HEX_DECODE_STRING", 1, 1),
    f("HEX_ENCODE", 1, 2),
    f("IFF", 3, 3),
    f("IFNULL", 2, 2),
    f("ILIKE", 2, 3),
    f("IS_ARRAY", 1, 1),
    f("IS_BOOLEAN", 1, 1),
    f("IS_DECIMAL", 1, 1),
    f("IS_INTEGER", 1, 1),
    f("IS_NULL_VALUE", 1, 1),
    f("IS_OBJECT", 1, 1),
    f("IS_TIME", 1, 1),
    f("IS_TIMESTAMP_LTZ", 1, 1),
    f("IS_TIMESTAMP_NTZ", 1, 1),
    f("IS_TIMESTAMP_TZ", 1, 1),
    f("LENGTH", 1, 1),
    f("LIKE", 2, 3),
    f("LPAD", 2, 3),
    f("LTRIM", 1, 2),
    f("MD5", 1, 1),
    f("NULLIF", 2, 2),
    f("NVL", 2, 2),
    f("NVL2", 3, 3),
    f("OBJECT_CONSTRUCT", 0, MANY),
    f("PARSE_IP", 2, 3),
    f("PARSE_JSON", 1, 2),
    f("PARSE_URL", 1, 2),
    f("PARSE_XML", 1, 2),
    f("RANDOM", 0, 1),
    f("REGEXP_REPLACE", 2, 6),
    f("REGEXP_SUBSTR", 2, 6),
    f("REPLACE", 2, 3),
    f("REVERSE", 1, 1),
    f("RPAD", 2, 3),
    f("RTRIM", 1, 2),
    f("SPLIT", 2, 2),
    f("SPLIT_PART", 3, 3),
    f("STARTSWITH", 2, 2),
    f("SUBSTR", 2, 3),
    f("TO_ARRAY", 1, 1),
    f("TO_BINARY", 1, 2),
    f("TO_BOOLEAN", 1, 1),
    f("TO_CHAR", 1, 2),
    f("TO_DATE", 1, 2),
    f("TO_DECFLOAT", 1, 2),
    f("TO_DECIMAL", 1, 4),
    f("TO_DOUBLE", 1, 2),
    f("TO_NUMBER", 1, 4),
    f("TO_NUMERIC", 1, 4),
    f("TO_OBJECT", 1, 1),
    f("TO_TIME", 1, 2),
    f("TO_TIMESTAMP", 1, 2),
    f("TO_TIMESTAMP_LTZ", 1, 2),
    f("TO_TIMESTAMP_NTZ", 1, 2),
    f("TO_TIMESTAMP_TZ", 1, 2),
    f("TO_VARCHAR", 1, 2),
    f("TO_VARIANT", 1, 1),
    f("TRIM", 1, 2),
    f("TRY_HEX_DECODE_STRING", 1, 1),
    f("TRY_TO_BINARY", 1, 2),
    f("TRY_TO_BOOLEAN", 1, 1),
    f("TRY_TO_DATE", 1, 2),
    f("TRY_TO_DECFLOAT", 1, 2),
    f("TRY_TO_DECIMAL", 1, 4),
    f("TRY_TO_DOUBLE", 1, 2),
    f("TRY_TO_NUMBER", 1, 4),
    f("TRY_TO_NUMERIC", 1, 4),
    f("TRY_TO_TIME", 1, 2),
    f("UNICODE", 1, 1),
    f("UUID_STRING", 0, 2),
    f("XMLGET", 2, 3),
];

/// What is said of the file that a row comes from.
const METADATA: [&str; 5] = [
    "METADATA$FILENAME",
    "METADATA$FILE_CONTENT_KEY",
    "METADATA$FILE_LAST_MODIFIED",
    "METADATA$FILE_ROW_NUMBER",
    "METADATA$START_SCAN_TIME",
];

/// Functions that people reach for, and what to use in their place, sorted.
const SUBSTITUTES: &[(&str, &str)] = &[
    ("ARRAYAGG", ROWS),
    ("ARRAY_AGG", ROWS),
    ("AS_ARRAY", "Use a cast: v::ARRAY."),
    ("AS_BOOLEAN", "Use a cast: v::BOOLEAN."),
    ("AS_DATE", "Use a cast: v::DATE."),
    ("AS_DECIMAL", "Use a cast: v::NUMBER(38,0)."),
    ("AS_DOUBLE", "Use a cast: v::FLOAT."),
    ("AS_INTEGER", "Use a cast: v::NUMBER(38,0)."),
    ("AS_OBJECT", "Use a cast: v::OBJECT."),
    ("AS_VARCHAR", "Use a cast: v::VARCHAR."),
    ("AVG", ROWS),
    ("CHAR", "Use CHR."),
    ("CHARINDEX", "Use SPLIT_PART or REGEXP_SUBSTR."),
    ("COALESCE", "Use NVL(a, b), within another NVL for more than two values."),
    ("CONTAINS", "Use text LIKE '%part%'."),
    ("COUNT", ROWS),
    ("CURRENT_DATE", NOW),
    ("CURRENT_TIMESTAMP", NOW),
    ("DATEADD", VIEW),
    ("DATEDIFF", VIEW),
    ("DATE_FROM_PARTS", "Use TRY_TO_DATE of the parts as text."),
    ("DATE_PART", "Use TO_VARCHAR with a format, such as TO_VARCHAR(day, 'YYYY')::NUMBER(4,0)."),
    ("DATE_TRUNC", "Cast to DATE for the day; for other units do this in a view over the table."),
    ("DAY", "Use TO_VARCHAR(day, 'DD')::NUMBER(2,0)."),
    ("DECODE", "Use CASE value WHEN … THEN … END."),
    ("DENSE_RANK", ROWS),
    ("DIV0", "Use IFF(b = 0, 0, a / b)."),
    ("DIV0NULL", "Use IFF(NVL(b, 0) = 0, 0, a / b)."),
    ("FIRST_VALUE", ROWS),
    ("FLATTEN", "Keep the list in one column, and flatten it in a view over the table."),
    ("GETDATE", NOW),
    ("GREATEST", "Use IFF(a > b, a, b)."),
    ("HASH", "Use MD5."),
    ("IF", "Use IFF(condition, then, else)."),
    ("INITCAP", CASES),
    ("IS_CHAR", "Use TRY_CAST of the value as text, or CASE with the IS_ functions that are on the list."),
    ("IS_VARCHAR", "Use TRY_CAST of the value as text, or CASE with the IS_ functions that are on the list."),
    ("LAG", ROWS),
    ("LEAD", ROWS),
    ("LEAST", "Use IFF(a < b, a, b)."),
    ("LEFT", "Use SUBSTR(text, 1, length)."),
    ("LEN", "Use LENGTH."),
    ("LISTAGG", ROWS),
    ("LOWER", CASES),
    ("MAX", ROWS),
    ("MIN", ROWS),
    ("MOD", "Use the operator %."),
    ("MONTH", "Use TO_VARCHAR(day, 'MM')::NUMBER(2,0)."),
    ("NOW", NOW),
    ("OBJECT_AGG", ROWS),
    ("POSITION", "Use SPLIT_PART or REGEXP_SUBSTR."),
    ("RANK", ROWS),
    ("REGEXP_LIKE", "Use REGEXP_SUBSTR(text, pattern) IS NOT NULL."),
    ("RIGHT", "Use SUBSTR with a negative start: SUBSTR(text, -length)."),
    ("ROUND", "Cast to a NUMBER with the digits that you want, as in v::NUMBER(38,2)."),
    ("ROW_NUMBER", ROWS),
    ("SHA1", "Use MD5, or hash in a view over the table."),
    ("SHA2", "Use MD5, or hash in a view over the table."),
    ("STRIP_NULL_VALUE", "Use IFF(IS_NULL_VALUE(v), NULL, v)."),
    ("SUBSTRING", "Use SUBSTR."),
    ("SUM", ROWS),
    ("SYSDATE", NOW),
    ("TO_UUID", "Keep the UUID as text."),
    ("TRANSFORM", "Keep the list in one column, and transform it in a view over the table."),
    ("TRUNC", "Use FLOOR, or CEIL below zero."),
    ("TRY_PARSE_JSON", "Use IFF(CHECK_JSON(text) IS NULL, PARSE_JSON(text), NULL)."),
    ("TRY_TO_TIMESTAMP", TRY_CAST),
    ("TRY_TO_TIMESTAMP_LTZ", TRY_CAST),
    ("TRY_TO_TIMESTAMP_NTZ", TRY_CAST),
    ("TRY_TO_TIMESTAMP_TZ", TRY_CAST),
    ("TYPEOF", "Use CASE with IS_ARRAY, IS_OBJECT, IS_INTEGER, IS_DECIMAL or IS_BOOLEAN."),
    ("UPPER", CASES),
    ("YEAR", "Use TO_VARCHAR(day, 'YYYY')::NUMBER(4,0)."),
    ("ZEROIFNULL", "Use NVL(v, 0)."),
];

const ROWS: &str = "It looks at other rows, and a COPY transformation sees one; use it in a view over the table.";
const NOW: &str = "Use METADATA$START_SCAN_TIME, the time of the load.";
const VIEW: &str = "Do this in a view over the table.";
const CASES: &str = "No function on the list changes case; compare with ILIKE, or do this in a view over the table.";
const TRY_CAST: &str = "Use TRY_CAST(text AS TIMESTAMP_NTZ(6)), or TIMESTAMP_TZ(6) where the text has an offset.";

/// The function of this name, upper case, if a COPY transformation may call it.
pub fn function(name: &str) -> Option<&'static Function> {
    let found = FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok()?;
    FUNCTIONS.get(found)
}

/// Everything in an expression that a COPY transformation would refuse, in the order of the text.
pub fn check(expr: &Expr) -> Vec<Finding> {
    let mut found: Vec<Finding> = expr.all().into_iter().filter_map(refusal).collect();
    found.sort();
    found
}

/// The expression that a text says, if a COPY transformation may hold it.
pub fn allowed(text: &str) -> Result<Expr, Vec<Finding>> {
    let expr = parse(text).map_err(|finding| vec![finding])?;
    let found = check(&expr);
    if found.is_empty() { Ok(expr) } else { Err(found) }
}

fn refusal(expr: &Expr) -> Option<Finding> {
    match &expr.node {
        Node::Call { name, arguments } => match function(name) {
            Some(function) => wrong_count(expr.at, function, arguments.len()),
            None => Some(unlisted(expr.at, name)),
        },
        Node::Column(1) => None,
        Node::Column(number) => {
            let message = format!("A row of a Parquet file is one value, $1; there is no ${number}.");
            Some(Finding::new(expr.at, message, "Write $1:\"key\" for a value in it."))
        }
        Node::Metadata(name) if METADATA.binary_search(&name.as_str()).is_err() => {
            let message = format!("There is no {}.", excerpt(name));
            Some(Finding::new(expr.at, message, format!("Use one of {}.", METADATA.join(", "))))
        }
        Node::Name(name) => Some(bare_name(expr.at, name)),
        _ => None,
    }
}

fn unlisted(at: usize, name: &str) -> Finding {
    let message = format!("A COPY transformation cannot call {}.", excerpt(name));
    let hint = substitute(name).unwrap_or("Use a function on Snowflake's list, or do this in a view over the table.");
    Finding::new(at, message, hint)
}

fn substitute(name: &str) -> Option<&'static str> {
    let found = SUBSTITUTES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    SUBSTITUTES.get(found).map(|(_, hint)| *hint)
}

fn wrong_count(at: usize, function: &Function, count: usize) -> Option<Finding> {
    let Function { name, least, most } = *function;
    let odd = name == "OBJECT_CONSTRUCT" && !count.is_multiple_of(2);
    if (least..=most).contains(&count) && !odd {
        return None;
    }
    let takes = match (least, most) {
        _ if odd => "keys and values in pairs".to_owned(),
        (0, 0) => "no values".to_owned(),
        (1, 1) => "one value".to_owned(),
        (least, most) if least == most => format!("{least} values"),
        (least, MANY) => format!("at least {least}"),
        (least, most) => format!("{least} to {most} values"),
    };
    Some(Finding::new(
        at,
        format!("{name} takes {takes}, not {count}."),
        "Add what is missing, or remove what is too much.",
    ))
}

fn bare_name(at: usize, name: &str) -> Finding {
    let upper = name.to_ascii_uppercase();
    if let Some(hint) = substitute(&upper).filter(|hint| *hint == NOW) {
        return Finding::new(at, format!("A COPY transformation cannot use {upper}."), hint);
    }
    let message = format!("A Parquet file has no column {}.", excerpt(name));
    Finding::new(at, message, format!("Write $1:{} for the value of that key.", super::Identifier(&excerpt(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_so_that_each_name_is_found() {
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
        assert!(SUBSTITUTES.is_sorted_by_key(|(name, _)| *name));
        assert!(METADATA.is_sorted());
    }

    #[test]
    fn no_substitute_is_for_a_function_that_is_allowed() {
        for (name, _) in SUBSTITUTES {
            assert_eq!(function(name), None, "{name}");
        }
    }

    #[test]
    fn every_function_that_a_substitute_names_is_allowed() {
        for (name, hint) in SUBSTITUTES {
            let words = hint.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            for word in words.filter(|word| word.len() > 2 && word.contains('_') && word.to_uppercase() == **word) {
                let known = function(word).is_some()
                    || ["TRY_CAST", "IS_", "TIMESTAMP_NTZ", "TIMESTAMP_TZ", "START_SCAN_TIME"].contains(&word);
                assert!(known, "{name}: {word}");
            }
        }
    }
}
