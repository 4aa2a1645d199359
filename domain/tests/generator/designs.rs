//! Random designs over the fields of a schema: edits of columns, of the table, of the load, and computed columns.

use domain::design::{
    ClusterBy, ClusterKey, ColumnEdit, ComputedColumn, Design, LoadEdit, RowAccess, TableEdit, TableKind,
};
use domain::platform::{LoadKind, WriterProfile};
use domain::schema::{Field, FieldPath};
use domain::table::Naming;
use proptest::prelude::*;

use crate::hostile::hostile;

/// A name that collides now and then, in any case.
pub fn name() -> impl Strategy<Value = String> {
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

/// The paths of the fields that can have rows.
pub fn paths(fields: &[Field]) -> Vec<FieldPath> {
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
        let made = TableEdit { kind, transient, replace, create_or_alter, ..TableEdit::default() };
        TableEdit { schema_evolution, naming, cluster_by, row_access, ..made }
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

/// Edits of about half of these fields, of the table, and of a field that is not there.
pub fn design(paths: Vec<FieldPath>) -> impl Strategy<Value = Design> {
    let edits = proptest::collection::vec(proptest::option::weighted(0.6, column_edit()), paths.len());
    let options = table_options(paths.clone());
    let table = (proptest::option::of(hostile()), proptest::option::of(hostile()), proptest::option::of(0u8..=255));
    let profile = proptest::option::of(proptest::sample::select(WriterProfile::ALL.to_vec()));
    let computed = proptest::collection::btree_map(hostile(), computed(), 0..4);
    (edits, table, options, load_options(), computed, profile).prop_map(
        move |(edits, texts, table, load, computed, writer_profile)| {
            let (name, comment, retention_days) = texts;
            let columns = paths.iter().cloned().zip(edits).filter_map(|(path, edit)| Some((path, edit?))).collect();
            let table = TableEdit { name, comment, retention_days, cluster_by_day: Some(true), ..table };
            Design { columns, computed, table, load: LoadEdit { writer_profile, ..load }, ..Design::default() }
        },
    )
}
