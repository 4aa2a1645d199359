//! What expressions are worth over a row, one by one, in a session eight hours behind UTC.

use domain::simulate::{
    Decimal, Failure, Outcome, Row, Scalar, Session, Value, Variant, evaluate, parse_json, print_json,
};
use domain::sql::allow_list::allowed;

const SECOND: i128 = 1_000_000_000;
/// 2026-11-23T12:34:56Z
const NOON: i128 = 1_795_437_296 * SECOND;

fn of(text: &str, row: &Variant) -> Outcome {
    let expr = allowed(text).unwrap_or_else(|found| panic!("{text}: {found:?}"));
    let row = Row { value: row, file: "a/b.parquet", number: 7, scanned: NOON, session: Session::default() };
    evaluate(&expr, row)
}

/// The value as `TYPE text`, and what failed as `error` or `not simulated`.
fn shown(outcome: Outcome) -> String {
    match outcome {
        Ok(Value::Null) => "NULL".into(),
        Ok(Value::Scalar(Scalar::Text(text))) => format!("VARCHAR {text}"),
        Ok(Value::Scalar(Scalar::Number(number))) => format!("NUMBER {number}"),
        Ok(value) => {
            let name = value.type_name();
            let content = match value {
                Value::Scalar(scalar) => Variant::Scalar(scalar),
                Value::Variant(variant) => variant,
                Value::Array(items) => Variant::Array(items),
                Value::Object(entries) => Variant::Object(entries),
                Value::Null => Variant::Null,
            };
            format!("{name} {}", print_json(&content))
        }
        Err(Failure::Refused(_)) => "error".into(),
        Err(Failure::NotSimulated(_)) => "not simulated".into(),
    }
}

fn over(json: &str, cases: &[(&str, &str)]) {
    let row = parse_json(json).unwrap();
    for (text, expected) in cases {
        assert_eq!(shown(of(text, &row)), *expected, "{text}");
    }
}

#[test]
fn paths_are_case_exact_and_null_where_nothing_is() {
    let row = r#"{"a": {"b": [1, {"c": "x"}], "we\"ird": 2}, "n": null, "é.": 3}"#;
    over(
        row,
        &[
            ("$1:a.b[0]", "VARIANT 1"),
            ("$1:\"a\":\"b\"[1].c", "VARIANT \"x\""),
            ("GET_PATH($1, '\"a\".\"b\"[1].c')", "VARIANT \"x\""),
            ("GET(GET($1, 'a'), 'we\"ird')", "VARIANT 2"),
            ("GET($1:a:b, 0)", "VARIANT 1"),
            ("$1:\"é.\"", "VARIANT 3"),
            ("$1:A", "NULL"),
            ("$1:a.missing.more", "NULL"),
            ("$1:n", "VARIANT null"),
            ("$1:n.x", "NULL"),
            ("$1:a.b[9]", "NULL"),
            ("METADATA$FILENAME", "VARCHAR a/b.parquet"),
            ("METADATA$FILE_ROW_NUMBER", "NUMBER 7"),
        ],
    );
}

#[test]
fn json_null_is_not_sql_null_until_it_is_cast() {
    over(
        r#"{"n": null, "v": {"a": 1}}"#,
        &[
            ("$1:n IS NULL", "BOOLEAN false"),
            ("IS_NULL_VALUE($1:n)", "BOOLEAN true"),
            ("IS_NULL_VALUE($1:missing)", "NULL"),
            ("IFF(IS_NULL_VALUE($1:n), NULL, $1:n)", "NULL"),
            ("IFF(IS_NULL_VALUE($1:v), NULL, $1:v)", "VARIANT {\"a\":1}"),
            ("IFF(IS_NULL_VALUE($1:missing), NULL, $1:missing)", "NULL"),
            ("$1:n::VARCHAR", "NULL"),
            ("$1:n::ARRAY", "NULL"),
            ("$1:n::OBJECT", "NULL"),
            ("NVL($1:n, 1)", "VARIANT null"),
            ("NVL($1:n::VARCHAR, 'x')", "VARCHAR x"),
        ],
    );
}

#[test]
fn casts_fit_or_fail_or_are_lenient() {
    over(
        r#"{"i": 12, "d": 12.345, "t": "12.345", "s": "soon", "b": true, "l": [1], "o": {"a": null}, "big": 1e300}"#,
        &[
            ("$1:i::VARCHAR", "VARCHAR 12"),
            ("$1:d::NUMBER(10,2)", "NUMBER 12.35"),
            ("$1:t::NUMBER(10,1)", "NUMBER 12.3"),
            ("$1:i::NUMBER(1,0)", "error"),
            ("$1:s::NUMBER(10,0)", "error"),
            ("$1:big::NUMBER(38,0)", "error"),
            ("$1:s::VARCHAR(2)", "VARCHAR so"),
            ("TRY_CAST($1:s::VARCHAR AS NUMBER(10,0))", "NULL"),
            ("TRY_CAST($1:s AS NUMBER(10,0))", "error"),
            ("$1:b::VARCHAR", "VARCHAR true"),
            ("$1:l::VARCHAR", "VARCHAR [1]"),
            ("$1:l::OBJECT", "error"),
            ("$1:l::NUMBER(38,0)", "error"),
            ("$1:i::ARRAY", "ARRAY [12]"),
            ("$1:o::OBJECT", "OBJECT {\"a\":null}"),
            ("$1:o::ARRAY", "ARRAY [{\"a\":null}]"),
            ("$1:i::FLOAT", "FLOAT 12.0"),
            ("TRY_TO_DECIMAL($1:t::VARCHAR, 5, 2)", "NUMBER 12.35"),
            ("TRY_TO_DECIMAL($1:t::VARCHAR, 3, 2)", "NULL"),
            ("TRY_TO_DOUBLE($1:s::VARCHAR)", "NULL"),
            ("TRY_TO_BOOLEAN('Yes')", "BOOLEAN true"),
            ("TRY_TO_BOOLEAN('maybe')", "NULL"),
            ("TRY_TO_BINARY('AAH/', 'BASE64')", "BINARY \"0001FF\""),
            ("TRY_TO_BINARY('AAH', 'BASE64')", "NULL"),
            ("TO_BINARY('00ff')", "BINARY \"00FF\""),
        ],
    );
}

#[test]
fn texts_of_json_are_parsed_leniently_in_the_form_that_the_generator_uses() {
    over(
        r#"{"good": "{\"a\": [1.50, null]}", "bad": "{a}", "empty": ""}"#,
        &[
            (
                "IFF(CHECK_JSON($1:good::VARCHAR) IS NULL, PARSE_JSON($1:good::VARCHAR), NULL)",
                "VARIANT {\"a\":[1.5,null]}",
            ),
            ("IFF(CHECK_JSON($1:bad::VARCHAR) IS NULL, PARSE_JSON($1:bad::VARCHAR), NULL)", "NULL"),
            ("IFF(CHECK_JSON($1:empty::VARCHAR) IS NULL, PARSE_JSON($1:empty::VARCHAR), NULL)", "NULL"),
            ("PARSE_JSON($1:bad::VARCHAR)", "error"),
        ],
    );
}

#[test]
fn truth_has_three_values() {
    over(
        "{}",
        &[
            ("NULL AND FALSE", "BOOLEAN false"),
            ("NULL OR TRUE", "BOOLEAN true"),
            ("NULL AND TRUE", "NULL"),
            ("NOT NULL", "NULL"),
            ("1 = NULL", "NULL"),
            ("1 IN (2, NULL)", "NULL"),
            ("1 NOT IN (2, 3)", "BOOLEAN true"),
            ("NULL BETWEEN 1 AND 2", "NULL"),
            ("5 BETWEEN NULL AND 2", "BOOLEAN false"),
            ("CASE WHEN NULL THEN 1 ELSE 2 END", "NUMBER 2"),
            ("CASE 1 WHEN 1.0 THEN 'same' END", "VARCHAR same"),
            ("EQUAL_NULL(NULL, NULL)", "BOOLEAN true"),
            ("NULLIF(1, 1)", "NULL"),
            ("NVL2(NULL, 1, 2)", "NUMBER 2"),
            ("'abc' LIKE 'a_c'", "BOOLEAN true"),
            ("'a%c' LIKE 'a!%c' ESCAPE '!'", "BOOLEAN true"),
            ("'abc' NOT ILIKE 'A%'", "BOOLEAN false"),
            ("1 = 'one'", "not simulated"),
        ],
    );
}

#[test]
fn numbers_are_exact_and_division_is_not() {
    over(
        "{}",
        &[
            ("18446744073709551615 + 1", "NUMBER 18446744073709551616"),
            ("1 / 3", "NUMBER 0.333333"),
            ("5 % 3", "NUMBER 2"),
            ("1 / 0", "error"),
            ("99999999999999999999999999999999999999 + 1", "error"),
            ("-(2 - 3) * 1.5", "NUMBER 1.5"),
            ("7 + 5 * 0.000000001", "NUMBER 7.000000005"),
            ("FLOOR(-1.5)", "NUMBER -2"),
            ("CEIL(1.2)", "NUMBER 2"),
            ("RANDOM()", "not simulated"),
        ],
    );
}

#[test]
fn texts_are_counted_in_characters() {
    over(
        "{}",
        &[
            ("LENGTH('größe')", "NUMBER 5"),
            ("SUBSTR('größe', 2, 2)", "VARCHAR rö"),
            ("SUBSTR('größe', -2)", "VARCHAR ße"),
            ("LPAD('7', 3, '0')", "VARCHAR 007"),
            ("RPAD('abc', 2)", "VARCHAR ab"),
            ("SPLIT_PART('a,b,c', ',', -1)", "VARCHAR c"),
            ("SPLIT('a,b', ',')", "ARRAY [\"a\",\"b\"]"),
            ("CONCAT('a', 1, TRUE)", "VARCHAR a1true"),
            ("'a' || NULL", "NULL"),
            ("REPLACE('abab', 'b')", "VARCHAR aa"),
            ("REGEXP_SUBSTR('order 42', '[0-9]+')", "VARCHAR 42"),
            ("REGEXP_REPLACE('ab', '(.)(.)', '\\\\2-\\\\1')", "VARCHAR b-a"),
            ("TRIM('  a ')", "VARCHAR a"),
            ("HEX_ENCODE('aé', 0)", "VARCHAR 61c3a9"),
            ("ARRAY_SIZE(ARRAY_CONSTRUCT(1, 2))", "NUMBER 2"),
            ("OBJECT_CONSTRUCT('a', 1, 'b', NULL)", "OBJECT {\"a\":1}"),
            ("MD5('a')", "not simulated"),
        ],
    );
}

/// Times of the kinds that a file can hold.
fn times() -> Variant {
    let entry = |key: &str, scalar| (key.to_owned(), Variant::Scalar(scalar));
    Variant::Object(
        [
            entry("ntz", Scalar::Ntz(NOON + 7_000_000)),
            entry("ltz", Scalar::Ltz(NOON)),
            entry("day", Scalar::Date(20_780)),
            entry("time", Scalar::Time(45_296_007_000_000)),
            entry("micros", Scalar::Number(Decimal::from(1_795_437_296_000_000))),
            entry("seconds", Scalar::Number(Decimal::from(0))),
            entry("id", Scalar::Binary((0..16).collect())),
        ]
        .into(),
    )
}

#[test]
fn a_session_far_from_utc_shows_which_expressions_depend_on_it() {
    let row = times();
    for (text, expected) in [
        ("$1:ntz::TIMESTAMP_NTZ(3)", "TIMESTAMP_NTZ \"2026-11-23 12:34:56.007\""),
        ("$1:ntz::TIMESTAMP_NTZ(0)", "TIMESTAMP_NTZ \"2026-11-23 12:34:56.000\""),
        ("$1:ltz::TIMESTAMP_NTZ(3)", "TIMESTAMP_NTZ \"2026-11-23 04:34:56.000\""),
        (
            "CONVERT_TIMEZONE('UTC', $1:ltz::TIMESTAMP_LTZ)::TIMESTAMP_NTZ(6)",
            "TIMESTAMP_NTZ \"2026-11-23 12:34:56.000\"",
        ),
        (
            "CONVERT_TIMEZONE('UTC', $1:ntz::TIMESTAMP_NTZ)::TIMESTAMP_NTZ(6)",
            "TIMESTAMP_NTZ \"2026-11-23 20:34:56.007\"",
        ),
        ("CONVERT_TIMEZONE('Europe/Berlin', $1:ntz)", "not simulated"),
        ("$1:seconds::TIMESTAMP_NTZ(0)", "TIMESTAMP_NTZ \"1969-12-31 16:00:00.000\""),
        ("TO_TIMESTAMP_NTZ($1:seconds)", "TIMESTAMP_NTZ \"1969-12-31 16:00:00.000\""),
        ("TO_TIMESTAMP_NTZ($1:seconds::NUMBER(38,0), 6)", "TIMESTAMP_NTZ \"1970-01-01 00:00:00.000\""),
        ("TO_TIMESTAMP_NTZ($1:micros::NUMBER(38,0), 6)", "TIMESTAMP_NTZ \"2026-11-23 12:34:56.000\""),
        ("IS_TIMESTAMP_LTZ($1:ltz)", "BOOLEAN true"),
        ("IS_INTEGER($1:micros)", "BOOLEAN true"),
        ("$1:day::DATE", "DATE \"2026-11-23\""),
        ("$1:ltz::DATE", "DATE \"2026-11-23\""),
        ("$1:time::TIME(3)", "TIME \"12:34:56\""),
        ("TO_VARCHAR($1:day::DATE, 'YYYY-MM-DD')", "VARCHAR 2026-11-23"),
        (
            "TO_VARCHAR($1:ntz::TIMESTAMP_NTZ(9), 'YYYY-MM-DD\"T\"HH24:MI:SS.FF9\"Z\"')",
            "VARCHAR 2026-11-23T12:34:56.007000000Z",
        ),
        ("$1:day::NUMBER(38,0)", "error"),
        (
            "REGEXP_REPLACE(HEX_ENCODE($1:id::BINARY, 0), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\\\1-\\\\2-\\\\3-\\\\4-\\\\5')",
            "VARCHAR 00010203-0405-0607-0809-0a0b0c0d0e0f",
        ),
    ] {
        assert_eq!(shown(of(text, &row)), expected, "{text}");
    }
}

#[test]
fn one_expression_is_right_for_an_instant_in_any_form() {
    let robust = |v: &str| {
        format!(
            "CASE WHEN IS_TIMESTAMP_LTZ({v}) THEN CONVERT_TIMEZONE('UTC', {v}::TIMESTAMP_LTZ)::TIMESTAMP_NTZ(6) \
             WHEN IS_INTEGER({v}) THEN TO_TIMESTAMP_NTZ({v}::NUMBER(38,0), 6) ELSE {v}::TIMESTAMP_NTZ(6) END"
        )
    };
    for (key, expected) in [("ltz", "12:34:56.000"), ("micros", "12:34:56.000"), ("ntz", "12:34:56.007")] {
        let value = shown(of(&robust(&format!("$1:{key}")), &times()));
        assert_eq!(value, format!("TIMESTAMP_NTZ \"2026-11-23 {expected}\""), "{key}");
    }
    assert_eq!(shown(of(&robust("$1:missing"), &times())), "NULL");
}

#[test]
fn texts_with_and_without_an_offset_become_instants() {
    over(
        r#"{"z": "2026-11-23T12:34:56Z", "plus": "2026-11-23 13:34:56.5 +01:00", "bare": "2026-11-23T12:34:56"}"#,
        &[
            (
                "CONVERT_TIMEZONE('UTC', TRY_CAST($1:z::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6)",
                "TIMESTAMP_NTZ \"2026-11-23 12:34:56.000\"",
            ),
            (
                "CONVERT_TIMEZONE('UTC', TRY_CAST($1:plus::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6)",
                "TIMESTAMP_NTZ \"2026-11-23 12:34:56.500\"",
            ),
            (
                "CONVERT_TIMEZONE('UTC', TRY_CAST($1:bare::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6)",
                "TIMESTAMP_NTZ \"2026-11-23 20:34:56.000\"",
            ),
            ("TRY_CAST('soon' AS TIMESTAMP_TZ(9))", "NULL"),
            ("TRY_CAST('2026-13-01' AS TIMESTAMP_TZ(9))", "NULL"),
            ("TRY_CAST('01/02/2026' AS TIMESTAMP_TZ(9))", "not simulated"),
            ("TRY_TO_DATE('2026-02-29', 'YYYY-MM-DD')", "NULL"),
            ("TRY_TO_DATE('2024-02-29', 'YYYY-MM-DD')", "DATE \"2024-02-29\""),
            ("TRY_TO_TIME('12:34')", "TIME \"12:34:00\""),
            ("TRY_TO_TIME('25:00')", "NULL"),
        ],
    );
}
