//! What is read, shown by how it is printed: with every name and text quoted, and parentheses where operators meet.

use domain::sql::syntax::{MAX_DEPTH, parse};

fn printed(text: &str) -> String {
    parse(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}")).to_string()
}

#[test]
fn literals_lose_their_escapes_and_get_ours() {
    for (text, expected) in [
        ("'it''s'", "'it''s'"),
        (r"'it\'s'", "'it''s'"),
        (r"'\\1-\\2'", r"'\\1-\\2'"),
        (r"'a\tb\u0041\x42\103'", r"'a\tbABC'"),
        (r"'\q\%'", "'q%'"),
        ("$$a 'quoted' \\ text$$", r"'a ''quoted'' \\ text'"),
        ("1.50", "1.50"),
        (".5", ".5"),
        ("1e-9", "1e-9"),
        ("true", "TRUE"),
        ("Null", "NULL"),
    ] {
        assert_eq!(printed(text), expected);
    }
}

#[test]
fn every_way_to_write_a_path_is_printed_as_the_generator_writes_it() {
    for (text, expected) in [
        ("$1:orderId", "$1:\"orderId\""),
        ("$1:\"order id\"", "$1:\"order id\""),
        ("$1:a.b", "GET_PATH($1, '\"a\".\"b\"')"),
        ("$1:a:b", "GET_PATH($1, '\"a\".\"b\"')"),
        ("$1:\"a\".\"b\"", "GET_PATH($1, '\"a\".\"b\"')"),
        ("$1['a']['b']", "GET_PATH($1, '\"a\".\"b\"')"),
        ("$1:order.from", "GET_PATH($1, '\"order\".\"from\"')"),
        ("$1:tags[0]", "GET($1:\"tags\", 0)"),
        ("$1:tags[0].name", "GET(GET($1:\"tags\", 0), 'name')"),
        ("$1:\"we\"\"ird\"", "GET($1, 'we\"ird')"),
        ("PARSE_JSON($1:a::VARCHAR):b", "GET(PARSE_JSON($1:\"a\"::VARCHAR), 'b')"),
    ] {
        assert_eq!(printed(text), expected);
    }
}

#[test]
fn casts_hold_more_tightly_than_any_operator() {
    for (text, expected) in [
        ("-$1:a::int", "-$1:\"a\"::NUMBER(38,0)"),
        ("$1:a::varchar || '-'", "$1:\"a\"::VARCHAR || '-'"),
        ("cast($1:a as decimal(12, 2))", "$1:\"a\"::NUMBER(12,2)"),
        ("try_cast($1:a::string as timestamp_tz)", "TRY_CAST($1:\"a\"::VARCHAR AS TIMESTAMP_TZ(9))"),
        ("$1:a::double precision", "$1:\"a\"::FLOAT"),
        ("$1:a::timestamp without time zone", "$1:\"a\"::TIMESTAMP_NTZ(9)"),
        ("(1 + 2)::varchar", "(1 + 2)::VARCHAR"),
        ("case when true then 1 end::varchar", "(CASE WHEN TRUE THEN 1 END)::VARCHAR"),
    ] {
        assert_eq!(printed(text), expected);
    }
}

#[test]
fn operators_hold_as_tightly_as_they_should() {
    for (text, expected) in [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("1 + 2 + 3", "1 + 2 + 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("a or b and not c = d", "\"a\" OR (\"b\" AND (NOT (\"c\" = \"d\")))"),
        ("a is not null and b is null", "(\"a\" IS NOT NULL) AND (\"b\" IS NULL)"),
        ("a between 1 and 2 and b", "(\"a\" BETWEEN 1 AND 2) AND \"b\""),
        ("a not in (1, 2 + 3)", "\"a\" NOT IN (1, 2 + 3)"),
        ("a not like 'x%' escape '!'", "\"a\" NOT LIKE 'x%' ESCAPE '!'"),
        ("a ilike 'x%' or a != 'y'", "(\"a\" ILIKE 'x%') OR (\"a\" <> 'y')"),
        ("a || b + c", "(\"a\" || \"b\") + \"c\""),
        ("- - 1", "-(-1)"),
        ("case a when 1 then 'x' else null end", "CASE \"a\" WHEN 1 THEN 'x' ELSE NULL END"),
        ("iff(a < 0, b, c)", "IFF(\"a\" < 0, \"b\", \"c\")"),
        ("metadata$filename", "METADATA$FILENAME"),
    ] {
        assert_eq!(printed(text), expected);
    }
}

#[test]
fn every_node_knows_where_it_starts() {
    let text = "NVL($1:\"größe\", 'x') || UPPER($1:b)";
    let expr = parse(text).unwrap();
    let upper = expr.all().into_iter().map(|expr| expr.at).max().unwrap();
    assert!(text[upper..].starts_with("$1:b"), "{upper}");
    assert_eq!(expr.at, 0);
}

#[test]
fn depth_is_bounded_whatever_it_comes_from() {
    let deep = MAX_DEPTH * 3;
    for text in [
        format!("{}1{}", "(".repeat(deep), ")".repeat(deep)),
        format!("{}1", "NOT ".repeat(deep)),
        format!("{}1", "- ".repeat(deep)),
        format!("1{}", " + 1".repeat(deep)),
        format!("$1{}", ":a".repeat(deep)),
        format!("1{}", "::VARCHAR".repeat(deep)),
        format!("{}1{}", "NVL(".repeat(deep), ", 1)".repeat(deep)),
        format!("{}1", "CASE WHEN ".repeat(deep)),
    ] {
        let finding = parse(&text).unwrap_err();
        assert!(finding.message.contains("nests deeper"), "{finding:?}");
    }
    assert!(parse(&format!("$1{}", ":a".repeat(MAX_DEPTH - 1))).is_ok());
}

#[test]
fn a_long_flat_expression_is_read_in_time_that_grows_with_its_length_alone() {
    let text = format!("CONCAT({})", vec!["$1:a"; 20_000].join(", "));
    assert_eq!(parse(&text).unwrap().inner().len(), 20_000);
}
