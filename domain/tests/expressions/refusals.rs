//! What is refused: each with its place, a sentence that says what is wrong and one that says what to do.

use domain::sql::allow_list::allowed;

/// The first finding as `offset message hint`.
fn refused(text: &str) -> String {
    match allowed(text) {
        Ok(expr) => panic!("{text} is allowed as {expr}"),
        Err(found) => format!("{} {} {}", found[0].offset, found[0].message, found[0].hint),
    }
}

#[test]
fn a_function_off_the_list_is_refused_with_what_to_use() {
    for (text, expected) in [
        (
            "COALESCE($1:a, $1:b)",
            "0 A COPY transformation cannot call COALESCE. Use NVL(a, b), within another NVL for more than two values.",
        ),
        (
            "NVL(upper($1:a), 'x')",
            "4 A COPY transformation cannot call UPPER. No function on the list changes case; compare with ILIKE, or do this in a view over the table.",
        ),
        (
            "try_parse_json($1:a)",
            "0 A COPY transformation cannot call TRY_PARSE_JSON. Use IFF(CHECK_JSON(text) IS NULL, PARSE_JSON(text), NULL).",
        ),
        (
            "TRY_TO_TIMESTAMP_NTZ($1:a)",
            "0 A COPY transformation cannot call TRY_TO_TIMESTAMP_NTZ. Use TRY_CAST(text AS TIMESTAMP_NTZ(6)), or TIMESTAMP_TZ(6) where the text has an offset.",
        ),
        (
            "SUM($1:a)",
            "0 A COPY transformation cannot call SUM. It looks at other rows, and a COPY transformation sees one; use it in a view over the table.",
        ),
        (
            "my_udf($1:a)",
            "0 A COPY transformation cannot call MY_UDF. Use a function on Snowflake's list, or do this in a view over the table.",
        ),
        (
            "CURRENT_TIMESTAMP",
            "0 A COPY transformation cannot use CURRENT_TIMESTAMP. Use METADATA$START_SCAN_TIME, the time of the load.",
        ),
        ("LEFT($1:a, 2)", "0 A COPY transformation cannot call LEFT. Use SUBSTR(text, 1, length)."),
    ] {
        assert_eq!(refused(text), expected);
    }
}

#[test]
fn a_wrong_count_of_values_is_refused() {
    for (text, expected) in [
        ("NVL($1:a)", "0 NVL takes 2 values, not 1."),
        ("IFF(true, 1)", "0 IFF takes 3 values, not 2."),
        ("LENGTH()", "0 LENGTH takes one value, not 0."),
        ("SUBSTR('a')", "0 SUBSTR takes 2 to 3 values, not 1."),
        ("OBJECT_CONSTRUCT('a')", "0 OBJECT_CONSTRUCT takes keys and values in pairs, not 1."),
    ] {
        assert!(refused(text).starts_with(expected), "{}", refused(text));
    }
}

#[test]
fn whatever_is_no_expression_over_one_row_is_refused_with_its_place() {
    for (text, expected) in [
        ("(SELECT 1)", "1 A column's expression cannot hold a query."),
        ("$1:a FROM stage", "5 A column's expression cannot hold a query."),
        ("$1:a WHERE true", "5 A COPY transformation loads every row."),
        ("$1:a LIMIT 1", "5 A COPY transformation loads every row."),
        ("$1:a ORDER BY 1", "5 A COPY transformation sees one row at a time."),
        ("$1:a JOIN b", "5 A COPY transformation cannot join."),
        ("NVL($1:a, 1) OVER (PARTITION BY $1:b)", "13 Window functions look at other rows"),
        ("COUNT(*)", "0 COUNT(*) looks at all rows"),
        ("COUNT(DISTINCT $1:a)", "6 A COPY transformation sees one row at a time."),
        ("$1:a; DROP TABLE t", "4 An expression cannot hold a second statement."),
        ("$1:a -- comment", "5 An expression cannot hold a comment."),
        ("$1:a /* comment */", "5 An expression cannot hold a comment."),
        ("$1:a // comment", "5 An expression cannot hold a comment."),
        ("@stage/path", "0 An expression cannot read a stage."),
        ("$1:a AS b", "5 An expression does not name its column."),
        ("$1:a, $1:b", "4 Here stands ,."),
        ("$2", "0 A row of a Parquet file is one value, $1; there is no $2."),
        ("$name", "0 Variables of a session have no value in a pipe."),
        ("t.$1:a", "2 $1 takes no table before it."),
        ("order_id", "0 A Parquet file has no column order_id. Write $1:\"order_id\""),
        ("METADATA$ACTION", "0 There is no METADATA$ACTION."),
        ("db.schema.f(1)", "11 A call cannot stand inside a path."),
        ("$1:a::UUID", "6 The load cannot fill a column of type UUID."),
        ("$1:a::TIMESTAMP", "6 TIMESTAMP means whatever"),
        ("$1:a RLIKE 'x'", "5 A COPY transformation has no operator RLIKE."),
        ("DATE '2026-01-01'", "0 A type before a text is not read."),
        ("PARSE_URL(url => 'x')", "14 Named arguments"),
        ("'open", "0 The text has no end."),
        ("$1:\"open", "3 The name has no end"),
        (r"'\1'", "1 The escape stands for no character."),
        ("12monkeys", "0 The number 12 runs into a word."),
        ("größe", "2 'ö' has no meaning here."),
        ("$1:a +", "6 The expression ends too early."),
        ("", "0 There is no expression."),
        ("  ", "0 There is no expression."),
        ("IN (1)", "0 A value is missing before IN."),
        ("$1:a IN ()", "0 IN has nothing to compare with."),
        ("CASE END", "5 A value is missing before END."),
        ("$1:a IS TRUE", "8 Here stands TRUE. Write NULL instead"),
    ] {
        assert!(refused(text).starts_with(expected), "{text}: {}", refused(text));
    }
}

#[test]
fn all_that_is_wrong_is_found_in_the_order_of_the_text() {
    let found = allowed("COALESCE(UPPER($1:a), $2, name, METADATA$X)").unwrap_err();
    assert_eq!(found.iter().map(|finding| finding.offset).collect::<Vec<_>>(), [0, 9, 22, 26, 32]);
}
