//! Random schemas and designs, with hostile names and texts: nothing panics, columns are unique, statements parse.

use std::collections::HashSet;

use domain::artifact::Language;
use domain::design::Design;
use domain::platform::{Platform, Writer};
use domain::schema::{Branch, Field, FieldPath, FieldType, MapKey, Schema, TimeUnit};
use domain::subject::SchemaType;
use proptest::prelude::*;

use crate::artifacts::json_text_fields;
use crate::designs::{self, name};
use crate::hostile::hostile;
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

/// A schema with edits of about half of its fields, of the table, and of a field that is not there.
pub fn edited() -> impl Strategy<Value = (Schema, Design)> {
    schema().prop_flat_map(|schema| {
        let design = designs::design(designs::paths(&schema.fields));
        (Just(schema), design)
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
