//! Random texts and random trees: nothing panics, what is printed is read again as the same, and sqlparser accepts what we accept.

use domain::simulate::{Row, Session, evaluate, parse_json};
use domain::sql::allow_list::{FUNCTIONS, allowed};
use domain::sql::syntax::{Binary, Expr, Node, Step, parse};
use proptest::prelude::*;
use sqlparser::ast::{SelectItem, SetExpr, Statement};
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::parser::Parser;

fn expr(node: Node) -> Expr {
    Expr { at: 0, node }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z'\\\\\"$;@ -]{0,6}", "\\PC{0,6}", "[\\x00-\\x1f\u{202e}\u{2028}]{1,3}"]
}

fn leaf() -> impl Strategy<Value = Node> {
    prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Boolean),
        "[0-9]{1,20}(\\.[0-9]{1,4})?".prop_map(Node::Number),
        text().prop_map(Node::Text),
        prop::sample::select(vec![
            "0",
            "170141183460469231731687303715",
            "99999999999999999999999999999999999999",
            "1e300"
        ])
        .prop_map(|number| Node::Number(number.into())),
        prop::sample::select(vec!["2026-11-23T12:34:56+14:00", "9999-12-31", "-5", "[1, {}]", "(", "HEX", "YYYY-FF"])
            .prop_map(|text| Node::Text(text.into())),
        Just(Node::Column(1)),
        Just(Node::Metadata("METADATA$FILENAME".into())),
    ]
}

fn operator() -> impl Strategy<Value = Binary> {
    use Binary::*;
    prop::sample::select(vec![
        Or,
        And,
        Equal,
        Unequal,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Plus,
        Minus,
        Concat,
        Times,
        Over,
        Modulo,
    ])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![text().prop_map(Step::Key), (0u64..1000).prop_map(Step::Index)]
}

fn ty() -> impl Strategy<Value = domain::sql::ColumnType> {
    prop::sample::select(vec!["VARCHAR", "NUMBER(12,2)", "TIMESTAMP_NTZ(6)", "VARIANT", "BINARY(3)", "TIME(0)"])
        .prop_map(|text| text.parse().unwrap())
}

fn call(inner: impl Strategy<Value = Expr> + Clone) -> impl Strategy<Value = Node> {
    // LIKE and ILIKE as functions are gaps of sqlparser.
    let functions: Vec<_> = FUNCTIONS.iter().filter(|f| !f.name.ends_with("LIKE")).collect();
    prop::sample::select(functions).prop_flat_map(move |function| {
        let count = function.least..=function.most.min(4);
        prop::collection::vec(inner.clone(), count).prop_map(|mut arguments| {
            if function.name == "OBJECT_CONSTRUCT" && !arguments.len().is_multiple_of(2) {
                arguments.pop();
            }
            Node::Call { name: function.name.to_owned(), arguments }
        })
    })
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_map(expr).prop_recursive(5, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let flag = any::<bool>;
        prop_oneof![
            3 => (boxed(), step()).prop_map(|(of, step)| Node::Path { of, step }),
            3 => (boxed(), ty(), flag()).prop_map(|(of, ty, lenient)| Node::Cast { of, ty, lenient }),
            4 => call(inner.clone()),
            1 => (proptest::option::of(boxed()), prop::collection::vec((inner.clone(), inner.clone()), 1..3),
                proptest::option::of(boxed()))
                .prop_map(|(of, whens, otherwise)| Node::Case { of, whens, otherwise }),
            1 => boxed().prop_map(Node::Not),
            1 => boxed().prop_map(Node::Negative),
            4 => (operator(), boxed(), boxed())
                .prop_map(|(operator, left, right)| Node::Binary { operator, left, right }),
            1 => (boxed(), flag()).prop_map(|(of, negated)| Node::IsNull { of, negated }),
            1 => (boxed(), prop::collection::vec(inner.clone(), 1..3), flag())
                .prop_map(|(of, list, negated)| Node::In { of, list, negated }),
            1 => (boxed(), boxed(), flag(), flag())
                .prop_map(|(of, pattern, folding, negated)| Node::Like { of, pattern, escape: None, folding, negated }),
            1 => (boxed(), boxed(), boxed(), flag())
                .prop_map(|(of, low, high, negated)| Node::Between { of, low, high, negated }),
        ]
        .prop_map(expr)
    })
}

/// How many expressions sqlparser sees in a SELECT of this one; it fails if there is more than a bare SELECT.
fn selected(expression: &str) -> usize {
    let sql = format!("SELECT {expression}");
    let mut statements =
        Parser::parse_sql(&SnowflakeDialect {}, &sql).unwrap_or_else(|problem| panic!("{problem} in\n{sql}"));
    assert_eq!(statements.len(), 1, "{sql}");
    let Statement::Query(query) = statements.remove(0) else { panic!("no query: {sql}") };
    let SetExpr::Select(select) = *query.body else { panic!("no SELECT: {sql}") };
    assert!(select.from.is_empty() && select.selection.is_none(), "{sql}");
    assert!(matches!(select.projection.as_slice(), [SelectItem::UnnamedExpr(_)]), "{sql}");
    select.projection.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}") {
        let _ = allowed(&text);
    }

    #[test]
    fn no_text_of_sql_makes_the_reader_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "$1", ":", "\"a\"", "'b'", "(", ")", "[", "]", "::", "VARCHAR", "NUMBER", ",", "CASE", "WHEN", "THEN", "END",
            "NOT", "IN", "LIKE", "BETWEEN", "AND", "OR", "IS", "NULL", "NVL", "IFF", "1", "0.5", "+", "-", "||", "SELECT",
            "AS", "CAST", "TRY_CAST", ".", "x", "METADATA$FILENAME", "'", "\"", "$$", "\\", "é",
        ]), 0..30),
        gap in prop::sample::select(vec!["", " "]),
    ) {
        let text = words.join(gap);
        if let Err(found) = allowed(&text) {
            for finding in found {
                prop_assert!(text.is_char_boundary(finding.offset), "{finding:?}");
                prop_assert!(finding.message.ends_with('.') && finding.hint.ends_with('.'), "{finding:?}");
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_again_as_the_same_and_is_allowed(tree in tree()) {
        let printed = tree.to_string();
        let again = allowed(&printed).unwrap_or_else(|found| panic!("{found:?} in {printed}"));
        prop_assert_eq!(again.to_string(), printed);
    }

    #[test]
    fn no_expression_makes_the_simulator_panic(tree in tree(), offset in -50_000i64..50_000) {
        let row = parse_json(r#"{"a": 1.5, "b": [null, "x", {"c": 99999999999999999999999999999999999999}]}"#).unwrap();
        let session = Session { offset };
        let _ = evaluate(&tree, Row { value: &row, file: "a.parquet", number: 1, scanned: 0, session });
    }

    #[test]
    fn sqlparser_reads_one_expression_where_we_do(tree in tree()) {
        prop_assert_eq!(selected(&tree.to_string()), 1);
    }

    #[test]
    fn what_we_accept_of_random_sql_is_one_expression_to_sqlparser_as_well(
        words in prop::collection::vec(prop::sample::select(vec![
            "$1", ":\"a\"", "'b'", "(", ")", "::VARCHAR", ",", "NOT", "IN (1)", "LIKE", "AND", "OR", "IS NULL", "NVL(",
            "1", "+", "-", "||", "0.5", "CASE WHEN", "THEN", "END",
        ]), 1..8),
    ) {
        if let Ok(expr) = parse(&words.join(" ")) {
            selected(&expr.to_string());
        }
    }
}
