//! Random schemas and designs, with hostile names and texts: nothing panics, columns are unique, statements parse.

use std::collections::HashSet;

use domain::artifact::Language;
use domain::design::{
    ClusterBy, ClusterKey, ColumnEdit, ComputedColumn, Design, LoadEdit, RowAccess, TableEdit, TableKind,
};
use domain::platform::{LoadKind, Platform, Writer, WriterProfile};
use domain::schema::{Branch, Field, FieldPath, FieldType, MapKey, Schema, TimeUnit};
use domain::subject::SchemaType;
use domain::table::Naming;
use proptest::prelude::*;

use crate::artifacts::json_text_fields;
use crate::quoting::hostile;
use crate::snowflake::check;
use crate::tables::rendered;

fn unit() -> impl Strategy<Value = TimeUnit> {
    prop_oneof![Just(TimeUnit::Seconds), Just(TimeUnit::Millis), Just(TimeUnit::Micros), Just(TimeUnit::Nanos)]
}

fn scalar() -> impl Strategy<Value = FieldType> {
    prop_oneof![
        Just(FieldType::Boolean),
        (prop_oneof![Just(0u8), Just(8), Just(16), Just(32), Just(64)], any::<bool>())
            .prop_map(|(bits, signed)| FieldType::Integer { bits, signed }),
        Just(FieldType::Float { bits: 64 }),
        (0u32..80, 0u32..80).prop_map(|(precision, scale)| FieldType::Decimal { precision, scale }),
        proptest::option::of(0u64..300).prop_map(|max_length| FieldType::String { max_length }),
        Just(FieldType::Bytes),
        any::<u64>().prop_map(|size| FieldType::Fixed { size }),
        Just(FieldType::Base64),
        Just(FieldType::Uuid),
        Just(FieldType::UuidBytes),
        proptest::collection::vec(hostile(), 0..4).prop_map(|symbols| FieldType::Enum { symbols }),
        Just(FieldType::Date),
        Just(FieldType::DateText),
        unit().prop_map(|unit| FieldType::Time { unit }),
        Just(FieldType::TimeText),
        unit().prop_map(|unit| FieldType::Instant { unit }),
        Just(FieldType::InstantText),
        unit().prop_map(|unit| FieldType::LocalDateTime { unit }),
        Just(FieldType::Duration),
        Just(FieldType::Json),
        hostile().prop_map(|name| FieldType::Recursive { name }),
        Just(FieldType::Truncated),
    ]
}

/// A name that collides now and then, in any case.
fn name() -> impl Strategy<Value = String> {
    let known = prop_oneof![
        Just("orderId"),
        Just("order_id"),
        Just("ORDER_ID"),
        Just("order"),
        Just("_event_id"),
        Just("_load_file"),
        Just("source"),
        Just("a"),
        Just("A"),
        Just("ß"),
        Just("SS"),
    ];
    prop_oneof![
        known.prop_map(str::to_owned),
        hostile().prop_filter("not empty", |name| !name.is_empty()),
        "x{200,300}"
    ]
}

/// A type without its paths; [`placed`] gives them.
fn any_type() -> impl Strategy<Value = FieldType> {
    scalar().prop_recursive(4, 40, 6, |inner| {
        let field = (name(), inner.clone(), any::<bool>(), proptest::option::of(hostile())).prop_map(
            |(name, ty, nullable, doc)| Field { doc, nullable, ..Field::required(&FieldPath::root(), &name, ty) },
        );
        let item = inner.prop_map(|ty| Box::new(Field::required(&FieldPath::root(), "[]", ty)));
        prop_oneof![
            4 => proptest::collection::vec(field, 0..6)
                .prop_map(|fields| FieldType::Record { name: String::new(), fields }),
            1 => item.clone().prop_map(|item| FieldType::Array { item }),
            1 => item.clone().prop_map(|value| FieldType::Map { key: MapKey::Text, value }),
            1 => item.prop_map(|item| FieldType::Union { branches: vec![Branch { name: "x".into(), ty: item.ty }] }),
        ]
    })
}

fn placed(mut fields: Vec<Field>, parent: &FieldPath) -> Vec<Field> {
    let mut seen = HashSet::new();
    fields.retain(|field| seen.insert(field.name.clone()));
    for field in &mut fields {
        field.path = parent.child(field.name.clone());
        if let FieldType::Record { fields: inner, .. } = &mut field.ty {
            *inner = placed(std::mem::take(inner), &field.path);
        }
    }
    fields
}

fn schema() -> impl Strategy<Value = Schema> {
    let field = (name(), any_type()).prop_map(|(name, ty)| Field::required(&FieldPath::root(), &name, ty));
    proptest::collection::vec(field, 0..8)
        .prop_map(|fields| Schema { fields: placed(fields, &FieldPath::root()), ..Schema::default() })
}

fn column_edit() -> impl Strategy<Value = ColumnEdit> {
    let types = prop_oneof![
        Just("NUMBER(10,0)".to_owned()),
        Just("varchar(3)".to_owned()),
        Just("FLOAT".to_owned()),
        Just("DATE".to_owned()),
        Just("TIMESTAMP_NTZ(3)".to_owned()),
        Just("TIMESTAMP_TZ".to_owned()),
        Just("OBJECT".to_owned()),
        Just("VARIANT".to_owned()),
        Just("BINARY(4)".to_owned()),
        Just("TIME(0)".to_owned()),
        hostile(),
    ];
    let common = (
        proptest::option::weighted(0.3, any::<bool>()),
        proptest::option::weighted(0.4, name()),
        proptest::option::weighted(0.5, types),
        proptest::option::weighted(0.2, any::<bool>()),
        proptest::option::weighted(0.3, hostile()),
        proptest::option::weighted(0.9, Just(true)),
    );
    let texts =
        prop_oneof![hostile(), Just("db.\"my schema\".x".to_owned()), Just("0".to_owned()), Just("true".to_owned())];
    let after =
        prop_oneof![Just(""), Just("a"), Just("order.a"), Just("orderId")].prop_map(|path| path.parse().unwrap());
    let further = (
        proptest::option::weighted(0.3, texts.clone()),
        proptest::option::weighted(0.2, texts.clone()),
        proptest::option::weighted(0.2, proptest::collection::btree_map(texts.clone(), hostile(), 0..3)),
        proptest::option::weighted(0.2, prop_oneof![texts, Just("en-ci".to_owned())]),
        proptest::option::weighted(0.3, after),
    );
    (common, further).prop_map(|(common, further)| {
        let (keep, name, column_type, nullable, comment, expand) = common;
        let (default, masking_policy, tags, collation, after) = further;
        let defined = ColumnEdit { keep, name, column_type, nullable, comment, expand, ..ColumnEdit::default() };
        ColumnEdit { default, masking_policy, tags, collation, after, ..defined }
    })
}

fn paths(fields: &[Field]) -> Vec<FieldPath> {
    fields.iter().flat_map(|field| std::iter::once(field.path.clone()).chain(paths(field.fields()))).collect()
}

/// Options of the table over these fields and one that is not there.
fn table_options(mut paths: Vec<FieldPath>) -> impl Strategy<Value = TableEdit> {
    paths.extend(["gone", "_EVENT_CREATED_AT", "_LOADED_AT"].map(|path| path.parse().unwrap()));
    let by = prop_oneof![
        Just(None),
        Just(Some(ClusterBy::Hour)),
        Just(Some(ClusterBy::Month)),
        any::<u16>().prop_map(|length| Some(ClusterBy::Prefix(length))),
    ];
    let column = proptest::sample::select(paths);
    let key = (column.clone(), by).prop_map(|(column, by)| ClusterKey { column, by });
    let access = (prop_oneof![hostile(), Just("p".to_owned())], proptest::collection::vec(column, 0..3));
    let naming = prop_oneof![Just(Naming::SnakeUpper), Just(Naming::UpperOnly), Just(Naming::Preserve)];
    let flag = proptest::option::of(any::<bool>());
    let kind = proptest::option::of(prop_oneof![3 => Just(TableKind::Standard), 1 => Just(TableKind::Iceberg)]);
    let rest = (
        kind,
        proptest::option::of(naming),
        proptest::option::of(proptest::collection::vec(key, 0..6)),
        proptest::option::of(access),
    );
    let made = (flag.clone(), flag.clone());
    (flag.clone(), made, flag, rest).prop_map(|(transient, (replace, create_or_alter), schema_evolution, rest)| {
        let (kind, naming, cluster_by, access) = rest;
        let row_access = access.map(|(policy, columns)| RowAccess { policy, columns });
        TableEdit {
            kind,
            transient,
            replace,
            create_or_alter,
            schema_evolution,
            naming,
            cluster_by,
            row_access,
            ..TableEdit::default()
        }
    })
}

fn load_options() -> impl Strategy<Value = LoadEdit> {
    let on_error = proptest::sample::select(vec!["SKIP_FILE", "CONTINUE", "SKIP_FILE_3", "SKIP_FILE_10%"]);
    let texts = proptest::collection::vec(proptest::option::of(hostile()), 4);
    let arn = proptest::option::of(Just("arn:aws:sns:eu-central-1:123456789012:files".to_owned()));
    let flag = proptest::option::of(any::<bool>());
    let flags = (flag.clone(), flag.clone(), flag);
    let kind = proptest::option::of(proptest::sample::select(LoadKind::ALL.to_vec()));
    (proptest::option::of(on_error), texts, arn, flags, kind).prop_map(|(on_error, mut texts, arn, flags, kind)| {
        LoadEdit {
            kind,
            on_error: on_error.map(|text| text.parse().unwrap()),
            error_integration: texts.pop().flatten(),
            pattern: texts.pop().flatten(),
            stage_prefix: texts.pop().flatten(),
            aws_sns_topic: arn.or_else(|| texts.pop().flatten()),
            truncate_columns: flags.0,
            file_content_key: flags.1,
            file_last_modified: flags.2,
            ..LoadEdit::default()
        }
    })
}

fn computed() -> impl Strategy<Value = ComputedColumn> {
    let known =
        ["a", "orderId || '-' || order_id", "a::NUMBER(3,0) + 1", "$1:a.b[0]", "CASE WHEN a IS NULL THEN 1 ELSE 2 END"];
    let expression = prop_oneof![hostile(), proptest::sample::select(known.to_vec()).prop_map(str::to_owned)];
    let column_type = proptest::sample::select(vec!["VARCHAR(3)", "NUMBER(4,0)", "VARIANT", "DATE", "x"]);
    (name(), column_type, expression, hostile()).prop_map(|(name, column_type, expression, comment)| ComputedColumn {
        name,
        column_type: column_type.to_owned(),
        expression,
        comment,
    })
}

/// A schema with edits of about half of its fields, of the table, and of a field that is not there.
pub fn edited() -> impl Strategy<Value = (Schema, Design)> {
    schema().prop_flat_map(|schema| {
        let paths = paths(&schema.fields);
        let edits = proptest::collection::vec(proptest::option::weighted(0.6, column_edit()), paths.len());
        let options = table_options(paths.clone());
        let table = (proptest::option::of(hostile()), proptest::option::of(hostile()), proptest::option::of(0u8..=255));
        let profile = proptest::option::of(proptest::sample::select(WriterProfile::ALL.to_vec()));
        let computed = proptest::collection::btree_map(hostile(), computed(), 0..4);
        let around = (options, load_options(), computed);
        (Just(schema), edits, table, around, profile).prop_map(move |(schema, edits, texts, around, writer_profile)| {
            let (table, load, computed) = around;
            let (name, comment, retention_days) = texts;
            let columns = paths.iter().cloned().zip(edits).filter_map(|(path, edit)| Some((path, edit?))).collect();
            let table = TableEdit { name, comment, retention_days, cluster_by_day: Some(true), ..table };
            (
                schema,
                Design { columns, computed, table, load: LoadEdit { writer_profile, ..load }, ..Design::default() },
            )
        })
    })
}

/// The fields that can have rows, records before their fields.
fn all(fields: &[Field]) -> Vec<&Field> {
    fields.iter().flat_map(|field| std::iter::once(field).chain(all(field.fields()))).collect()
}

fn is_beyond_parquet(ty: &FieldType) -> bool {
    match ty {
        FieldType::Union { .. } | FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated => true,
        FieldType::Array { item: inner } | FieldType::Map { value: inner, .. } => is_beyond_parquet_inside(&inner.ty),
        FieldType::Record { fields, .. } => fields.iter().any(|field| is_beyond_parquet_inside(&field.ty)),
        _ => false,
    }
}

/// An empty record has no column of its own, and stops the writer where it is inside of one.
fn is_beyond_parquet_inside(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Record { fields, .. } if fields.is_empty()) || is_beyond_parquet(ty)
}

fn language() -> impl Strategy<Value = SchemaType> {
    prop_oneof![Just(SchemaType::Avro), Just(SchemaType::Protobuf), Just(SchemaType::Json)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_schema_renders_to_statements_that_parse((schema, design) in edited(), language in language()) {
        let rendering = rendered(schema.clone(), language, &design);
        let mut names = HashSet::new();
        for column in rendering.table.columns() {
            prop_assert!(names.insert(column.name.to_uppercase()), "{} twice", column.name);
            prop_assert!((1..=255).contains(&column.name.chars().count()));
        }
        for row in &rendering.table.rows {
            prop_assert_eq!(row.choices.first(), Some(&row.default.ty), "the generated type is the first choice");
        }
        check(&rendering, &Platform::default());
        prop_assert_eq!(rendered(schema, language, &design), rendering, "equal input gives equal output");
    }

    #[test]
    fn a_field_is_json_text_for_the_sink_job_exactly_when_its_column_parses_it(
        (schema, mut design) in edited(),
        language in language(),
    ) {
        design.columns.values_mut().for_each(|edit| (edit.column_type, edit.default) = (None, None));
        design.load.kind = None;
        let rendering = rendered(schema.clone(), language, &design);
        let written: HashSet<String> = json_text_fields(&rendering).into_iter().collect();
        let profile = design.load.writer_profile.filter(|profile| profile.writes(language)).unwrap_or_default();
        let fields = all(&schema.fields);
        for row in &rendering.table.rows {
            let is_written = written.contains(&row.path.to_string());
            let field = fields.iter().find(|field| field.path == row.path);
            let needs_text = field.is_some_and(|field| !row.expanded && is_beyond_parquet(&field.ty));
            prop_assert_eq!(is_written, needs_text && profile.writer() == Writer::RowData, "{}", row.path);
            prop_assert_eq!(row.column.expression.to_string().contains("PARSE_JSON("), is_written, "{}", row.path);
        }
        let rows: HashSet<String> = rendering.table.rows.iter().map(|row| row.path.to_string()).collect();
        prop_assert!(written.is_subset(&rows), "nothing inside a column is text of its own");
    }

    #[test]
    fn every_artifact_parses_and_ends_with_a_newline((schema, design) in edited(), language in language()) {
        for artifact in rendered(schema, language, &design).artifacts {
            prop_assert!(artifact.content.ends_with('\n'), "{}", artifact.path);
            prop_assert!(artifact.path.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._/-".contains(c)));
            match artifact.language {
                Language::Hcl => { artifact.content.parse::<hcl_edit::structure::Body>().unwrap(); }
                Language::Yaml => { serde_saphyr::from_str::<serde_json::Value>(&artifact.content).unwrap(); }
                Language::Json => { serde_json::from_str::<serde_json::Value>(&artifact.content).unwrap(); }
                Language::Sql => {}
            }
        }
    }
}
