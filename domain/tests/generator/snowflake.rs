//! Snowflake's grammar as sqlparser knows it: statements parse to exactly one, with every name and literal as it went in. Parsed
//! only, never printed: its output is not valid Snowflake.

use domain::platform::Platform;
use domain::render::Rendering;
use domain::sql::allow_list::allowed;
use domain::sql::{copy_lines, create_stage, create_table};
use sqlparser::ast::{ColumnOption, Ident, ObjectName, Statement};
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::parser::Parser;

/// The only statement of a text.
pub fn one(sql: &str) -> Statement {
    let mut statements = Parser::parse_sql(&SnowflakeDialect {}, sql).unwrap_or_else(|e| panic!("{e} in\n{sql}"));
    assert_eq!(statements.len(), 1, "{sql}");
    statements.remove(0)
}

pub fn value(ident: &Ident) -> &str {
    assert_eq!(ident.quote_style, Some('"'), "every identifier is quoted");
    &ident.value
}

fn parts(name: &ObjectName) -> Vec<&str> {
    name.0.iter().map(|part| value(part.as_ident().expect("a name has identifiers only"))).collect()
}

fn place<'a>(platform: &'a Platform, name: &'a str) -> Vec<&'a str> {
    vec![&platform.database, &platform.schema, name]
}

/// Parses the statements of a rendering and compares them with the table.
pub fn check(rendering: &Rendering, platform: &Platform) {
    let (table, load) = (&rendering.table, &rendering.load);
    let names: Vec<&str> = table.columns().map(|column| column.name.as_str()).collect();
    // What sqlparser does not know of the statement. OR ALTER comes with the same grammar as without.
    let known = create_table(table, platform).replacen("CREATE OR ALTER ", "CREATE ", 1);
    let known = known.replace(" ICEBERG_VERSION = 3", "").replace(" ERROR_LOGGING = TRUE", "");
    let Statement::CreateTable(made) = one(&known) else { panic!("not a CREATE TABLE") };
    assert_eq!(parts(&made.name), place(platform, table.name.as_str()));
    assert_eq!(made.columns.iter().map(|column| value(&column.name)).collect::<Vec<_>>(), names);
    for (column, parsed) in table.columns().zip(&made.columns) {
        assert_eq!(parsed.data_type.to_string().replace(", ", ","), column.ty.to_string());
        let comments: Vec<&str> = parsed
            .options
            .iter()
            .filter_map(|option| match &option.option {
                ColumnOption::Comment(comment) => Some(comment.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(comments.len(), usize::from(!column.comment.is_empty()));
        let not_null = parsed.options.iter().any(|option| option.option == ColumnOption::NotNull);
        assert_eq!(not_null, !column.nullable);
    }

    if load.kind.has_files() {
        stage(rendering, platform);
    }
    copy(rendering, platform);
}

fn stage(rendering: &Rendering, platform: &Platform) {
    let load = &rendering.load;
    let Statement::CreateStage { name, stage_params, .. } = one(&create_stage(load, platform)) else {
        panic!("not a CREATE STAGE")
    };
    assert_eq!(parts(&name), place(platform, load.stage.as_str()));
    assert_eq!(stage_params.url.as_deref(), Some(load.stage_url.as_str()));
}

/// What sqlparser does not know of where rows come from, in the place of which it knows a stage.
const STREAM: &str = "TABLE(DATA_SOURCE(TYPE => 'STREAMING'))";

fn copy(rendering: &Rendering, platform: &Platform) {
    let (table, load) = (&rendering.table, &rendering.load);
    let names: Vec<&str> = table.columns().map(|column| column.name.as_str()).collect();
    let copy = copy_lines(table, load, platform).into_text();
    assert_eq!(copy.ends_with(&format!("  FROM {STREAM}\n);\n")), !load.kind.has_files());
    let copy = copy.replace(&format!("  FROM {STREAM}\n);"), "  FROM @\"STREAM\"\n);");
    for column in table.columns() {
        let text = column.expression.to_string();
        allowed(&text).unwrap_or_else(|found| panic!("{found:?} in {text}"));
    }
    let Statement::CopyIntoSnowflake { into, into_columns, from_transformations, .. } = one(&copy) else {
        panic!("not a COPY INTO")
    };
    assert_eq!(parts(&into), place(platform, table.name.as_str()));
    assert_eq!(into_columns.unwrap().iter().map(value).collect::<Vec<_>>(), names);
    assert_eq!(from_transformations.unwrap().len(), names.len());
}
