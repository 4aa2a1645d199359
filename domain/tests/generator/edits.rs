//! How edits and names behave together: what one edit may not do to another field's column.

use std::time::{Duration, Instant};

use domain::design::{Change, ColumnEdit, ComputedColumn, Design};
use domain::platform::Platform;
use domain::render::render_schema;
use domain::schema::{Field, FieldPath, FieldType, Schema};
use domain::sql::{create_table, pipe_lines, table_lines};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;

use crate::tables::{avro, design, found, rendered, row};

const RECORDS: &str = "a_b string\nouter record\n  a_b string\n  c record\n    d int\nOuter__A_B string\n";

#[test]
fn expanding_a_record_renames_no_other_column() {
    let plain = avro(RECORDS, &[]);
    let expanded = avro(RECORDS, &[("outer", Change::Expand(true)), ("outer.c", Change::Expand(true))]);
    for before in &plain.table.rows {
        assert_eq!(before.column.name, row(&expanded, &before.path.to_string()).column.name);
    }
    assert_eq!(row(&expanded, "outer.c.d").column.name, "OUTER__C__D");
    assert_eq!(row(&expanded, "outer.c.d").depth, 2);
}

#[test]
fn fields_of_a_record_have_rows_only_while_it_is_expanded() {
    let plain = avro(RECORDS, &[]);
    assert!(plain.table.rows.iter().all(|row| row.depth == 0 && !row.expanded && !row.is_edited()));
    assert!(row(&plain, "outer").expandable && !row(&plain, "a_b").expandable);
    let expanded = avro(RECORDS, &[("outer", Change::Expand(true))]);
    let paths: Vec<String> = expanded.table.rows.iter().map(|row| row.path.to_string()).collect();
    assert_eq!(paths, ["a_b", "outer", "outer.a_b", "outer.c", "Outer__A_B"]);
    assert!(row(&expanded, "outer").is_edited() && row(&expanded, "outer.c").kept);
}

#[test]
fn a_dropped_columns_name_is_free_for_another() {
    let taken = avro("a string\nb string", &[("a", Change::Rename("B".into()))]);
    assert_eq!(found(&taken), ["name-taken a"]);
    let edits = [("a", Change::Rename("B".into())), ("b", Change::Keep(false))];
    let free = avro("a string\nb string", &edits);
    assert_eq!(found(&free), Vec::<String>::new());
    assert_eq!(row(&free, "a").column.name, "B");
}

#[test]
fn a_rename_taken_back_can_evict_the_next() {
    // c cannot become d's name, so it stays C, which b then cannot have, and so on.
    let names = [("a", "B"), ("b", "C"), ("c", "D")];
    let edits = names.map(|(path, name)| (path, Change::Rename(name.to_owned())));
    let rendering = avro("a string\nb string\nc string\nd string", &edits);
    assert_eq!(found(&rendering), ["name-taken a", "name-taken b", "name-taken c"]);
    let names: Vec<&str> = rendering.table.rows.iter().map(|row| row.column.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C", "D"]);
}

#[test]
fn every_line_of_the_table_says_which_field_it_is_about() {
    let edits = [("outer", Change::Expand(true)), ("a_b", Change::Comment("two\nlines".into()))];
    let rendering = avro(RECORDS, &edits);
    let platform = Platform::default();
    let lines = table_lines(&rendering.table, &platform);
    let text: String = lines.iter().map(|(line, _)| format!("{line}\n")).collect();
    assert_eq!(text, create_table(&rendering.table, &platform));
    for (line, path) in lines.iter() {
        assert!(!line.contains('\n'), "a comment never leaves its line");
        if let Some(path) = path {
            let name = &rendering.table.rows.iter().find(|row| row.path == *path).unwrap().column.name;
            assert!(line.starts_with(&format!("  \"{name}\" ")), "{line}");
        }
    }
    let of_fields = |lines: &domain::sql::Lines<'_>| lines.sources().flatten().count();
    assert_eq!(of_fields(&lines), 5);
    assert_eq!(
        of_fields(&pipe_lines(&rendering.table, &rendering.load, &platform)),
        10,
        "a name and an expression each"
    );
}

#[test]
fn every_row_says_why_in_one_sentence() {
    let listing = include_str!("../tables/every_type_of_avro/fields.txt");
    for language in SchemaType::ALL {
        let rendering = rendered(crate::listing::read(listing), language, &Design::default());
        for row in &rendering.table.rows {
            assert!(row.reason.ends_with('.') && row.reason.len() > 10, "{}: {}", row.path, row.reason);
        }
    }
}

#[test]
fn every_choice_of_a_row_can_be_made() {
    let listing = include_str!("../tables/every_type_of_avro/fields.txt");
    for row in avro(listing, &[]).table.rows {
        for choice in row.choices.iter() {
            let rendering = avro(listing, &[(&row.path.to_string(), Change::Type(choice.to_string()))]);
            let changed = crate::tables::row(&rendering, &row.path.to_string());
            assert_eq!(changed.column.ty, *choice);
            assert!(!rendering.diagnostics.iter().any(|d| d.is_error() && d.path == row.path), "{} {choice}", row.path);
        }
    }
}

#[test]
fn twenty_thousand_renames_in_a_circle_of_conflicts_take_no_time() {
    let count = 20_000;
    let field = |i: usize| Field::required(&FieldPath::root(), &format!("f{i}"), FieldType::Boolean);
    let schema = Schema { fields: (0..count).map(field).collect(), ..Schema::default() };
    let columns = (0..count - 1).map(|i| {
        let edit = ColumnEdit { name: Some(format!("F{}", i + 1)), ..ColumnEdit::default() };
        (FieldPath::of([format!("f{i}")]), edit)
    });
    let design = Design { columns: columns.collect(), ..Design::default() };
    let start = Instant::now();
    let rendering = rendered(schema, SchemaType::Avro, &design);
    assert_eq!(rendering.diagnostics.iter().filter(|d| d.code == "name-taken").count(), count - 1);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_definition_that_snowflake_refuses_for_its_size_is_an_error() {
    let field = |i: usize| Field {
        doc: Some("what it is about ".repeat(20)),
        ..Field::required(&FieldPath::root(), &format!("field{i}"), FieldType::Boolean)
    };
    let fields = |count: usize| Schema { fields: (0..count).map(field).collect(), ..Schema::default() };
    assert_eq!(found(&rendered(fields(100), SchemaType::Avro, &Design::default())), Vec::<String>::new());
    let large = rendered(fields(4000), SchemaType::Avro, &Design::default());
    assert_eq!(found(&large), ["table-too-large"]);
    assert!(large.has_errors());
}

#[test]
fn a_pipe_that_snowflake_refuses_for_its_size_is_an_error() {
    let listing: String = (0..600).map(|i| format!("f{i}? string\n")).collect();
    let default = "it's".repeat(450);
    let design = |count: usize| {
        let edit = ColumnEdit { default: Some(default.clone()), ..ColumnEdit::default() };
        let columns = (0..count).map(|i| (FieldPath::of([format!("f{i}")]), edit.clone()));
        Design { columns: columns.collect(), ..Design::default() }
    };
    let rendering = |count| rendered(crate::listing::read(&listing), SchemaType::Avro, &design(count));
    assert!(found(&rendering(600)).contains(&"pipe-too-large".to_owned()));
    assert_eq!(found(&rendering(10)), Vec::<String>::new());
}

#[test]
fn expressions_that_read_a_long_default_again_and_again_are_refused_before_they_fill_the_memory() {
    let design = |columns: usize, reads: usize| -> Design {
        let computed = (0..columns).map(|i| {
            let expression = format!("CONCAT({})", vec!["v"; reads].join(","));
            (
                format!("c{i}"),
                ComputedColumn {
                    name: format!("C{i}"),
                    column_type: "VARCHAR".into(),
                    expression,
                    ..Default::default()
                },
            )
        });
        let columns = [(FieldPath::of(["v"]), ColumnEdit { default: Some("'".repeat(2000)), ..Default::default() })];
        Design { columns: columns.into(), computed: computed.collect(), ..Design::default() }
    };
    let rendering = |design: &Design| rendered(crate::listing::read("v? string"), SchemaType::Avro, design);
    let start = Instant::now();
    let bomb = rendering(&design(20, 990));
    assert_eq!(found(&bomb), vec!["expression-invalid"; 20]);
    assert!(bomb.diagnostics.iter().all(|d| d.message.contains("too long")), "{:?}", bomb.diagnostics);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(found(&rendering(&design(5, 10))), Vec::<String>::new());
    let together = rendering(&design(40, 10));
    let refused = found(&together).iter().filter(|code| *code == "expression-invalid").count();
    assert!((1..40).contains(&refused), "{refused}");
}

#[test]
fn an_unsigned_number_inside_a_column_is_warned_of_until_it_has_a_column_of_its_own() {
    let listing =
        "xs array<uint64>\nm? map<uint32>\nn record\n  v uint64\n  w array<uint32>\no record\n  i int\nu uint32";
    let nested = |language, edits: &[(&str, Change)]| {
        let found = rendered(crate::listing::read(listing), language, &design(edits)).diagnostics;
        found.into_iter().filter(|d| d.code == "uint-nested").map(|d| d.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        nested(SchemaType::Protobuf, &[]),
        [
            "warning[uint-nested] xs: Numbers above 9,223,372,036,854,775,807 in xs.[] are negative in this column. \
             Use a signed type in the schema, or add 2^64 to negative numbers in queries.",
            "warning[uint-nested] m: Numbers above 2,147,483,647 in m.{} are negative in this column. \
             Use a signed type in the schema, or add 2^32 to negative numbers in queries.",
            "warning[uint-nested] n: Numbers above 9,223,372,036,854,775,807 in n.v are negative in this column. \
             Expand the record: the column of n.v itself has the right numbers.",
        ]
    );
    let dropped = [("xs", Change::Keep(false)), ("m", Change::Keep(false)), ("n", Change::Expand(true))];
    let found = nested(SchemaType::Protobuf, &dropped);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("Read n.v from its own column, and drop this one."), "{found:?}");
    assert!(found[1].starts_with("warning[uint-nested] n.w: Numbers above 2,147,483,647 in n.w.[] are"), "{found:?}");
    assert_eq!(nested(SchemaType::Avro, &[]), Vec::<String>::new());
}

#[test]
fn a_subject_in_a_context_is_told_that_its_topic_has_no_name_of_its_own() {
    let codes = |subject: &str| {
        let (subject, platform, design) =
            (SubjectName::parse(subject).unwrap(), Platform::default(), Design::default());
        let (version, schema_type) = (Version(1), SchemaType::Avro);
        let context =
            Context { subject: &subject, version, schema_type, platform: &platform, design: &design, live: &[] };
        let found = render_schema(crate::listing::read("a string"), context).diagnostics;
        found.into_iter().map(|d| d.code).filter(|code| code == "topic-of-context").count()
    };
    assert_eq!(codes(":.eu:order_placed-value"), 1);
    assert_eq!(codes("order_placed-value"), 0);
    assert_eq!(codes(":.eu:order/placed-value"), 0, "the hash in the topic's name is of the whole subject");
}
