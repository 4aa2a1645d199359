//! Rows that come without files: random records as the sink job or the connector sends them, over the wire as JSON text, through the
//! generated expressions. Every column says what the event said.

use std::collections::BTreeMap;

use domain::design::{ColumnEdit, Design, LoadEdit};
use domain::platform::{LoadKind, Platform, Streaming, WriterProfile};
use domain::render::{Rendering, render_schema};
use domain::schema::{Field, Schema};
use domain::simulate::{
    Arriving, Cell, Datum, Decimal, File, Loaded, Loader, Record, SampleRow, Scalar, Session, Value, Variant,
    parse_json, print_json, records, sample,
};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Carrier, Context, Row};

use crate::records::{Random, record};
use crate::roundtrip::{check_envelope, envelope, expanded, find};
use crate::said::holds;
use crate::schemas::{is_sound, of_cases, of_corpus, of_demonstration};

const KINDS: [LoadKind; 2] = [LoadKind::SnowpipeStreaming, LoadKind::KafkaConnector];
const ROWS: u64 = 4;
const SENT_AT: i64 = 1_795_437_300_123;

/// What was compared.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    loads: usize,
    cells: usize,
    /// Tables that the generator has an error about, because the connector could not bring the schema.
    refused: usize,
    /// Records of which nobody knows what the converter makes.
    unknown: usize,
}

fn rendering(
    schema: &Schema,
    language: SchemaType,
    kind: LoadKind,
    header: Option<&str>,
    design: &Design,
) -> Rendering {
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let streaming = Streaming { envelope_header: header.map(str::to_owned), ..Streaming::default() };
    let platform = Platform { streaming, ..Platform::default() };
    let design = Design { load: LoadEdit { kind: Some(kind), ..LoadEdit::default() }, ..design.clone() };
    let context = Context {
        subject: &subject,
        version: Version(3),
        schema_type: language,
        platform: &platform,
        design: &design,
        live: &[],
    };
    render_schema(schema.clone(), context)
}

/// Loads random records and compares every cell; `Err` says which one differs.
fn check(
    schema: &Schema,
    language: SchemaType,
    kind: LoadKind,
    (header, design): (Option<&str>, &Design),
    seed: u64,
) -> Result<Count, String> {
    let mut design = design.clone();
    let texts = rendering(schema, language, kind, header, &design).table.diagnostics;
    let texts = texts.iter().filter(|found| found.code == "expand-impossible" && kind == LoadKind::KafkaConnector);
    texts.for_each(|found| _ = design.columns.remove(&found.path));
    let rendering = rendering(schema, language, kind, header, &design);
    let table = &rendering.table;
    if let Some(found) = table.diagnostics.iter().find(|found| found.is_error()) {
        let is_refusal = kind == LoadKind::KafkaConnector && found.code.starts_with("connector-");
        return if is_refusal { Ok(Count { refused: 1, ..Count::default() }) } else { Err(found.to_string()) };
    }
    let carrier = Carrier::of(kind, WriterProfile::default());
    let arriving = Arriving { carrier, language, keys: &table.file_keys, envelope_header: header };
    let mut random = Random(seed);
    let (mut records, mut rows, mut unknown) = (vec![], vec![], 0);
    for i in 0..ROWS {
        let said = record(&schema.fields, language, true, &mut random);
        let place = Record { topic: "order.placed", partition: 7, offset: 40 + i, sent_at: SENT_AT };
        match arriving.row(&schema.fields, &envelope(usize::try_from(i).unwrap()), &said, place) {
            None if kind == LoadKind::KafkaConnector => unknown += 1,
            None => return Err(format!("{said:?} does not arrive")),
            Some(row) => {
                let wire = print_json(&row);
                rows.push(parse_json(&wire).ok_or_else(|| format!("{wire} is not JSON"))?);
                records.push((usize::try_from(i).unwrap(), said));
            }
        }
    }
    let loaded = load(&rendering, &rows)?;
    let mut cells = 0;
    for ((i, said), loaded) in records.iter().zip(&loaded) {
        cells += compare(&rendering, &schema.fields, said, loaded, (*i, language, carrier))?;
    }
    Ok(Count { loads: 1, cells, refused: 0, unknown })
}

fn load(rendering: &Rendering, rows: &[Variant]) -> Result<Vec<Vec<Value>>, String> {
    let loader = Loader::of(&rendering.table, false).map_err(|finding| format!("{finding:?}"))?;
    let in_session = |session| match loader.load(File { name: "", rows, scanned: 0 }, session) {
        Ok(Loaded::Rows(rows)) => Ok(rows),
        Ok(Loaded::Skipped(skip)) => Err(format!("skipped: {skip:?}")),
        Err(failure) => Err(failure.to_string()),
    };
    let rows = in_session(Session::default())?;
    if rows == in_session(Session { offset: 20_700 })? { Ok(rows) } else { Err("depends on the time zone".to_owned()) }
}

fn compare(
    rendering: &Rendering,
    fields: &[Field],
    said: &[(String, Datum)],
    loaded: &[Value],
    (i, language, carrier): (usize, SchemaType, Carrier),
) -> Result<usize, String> {
    let table = &rendering.table;
    let (around, rest) = loaded.split_at(table.envelope.len());
    check_envelope(i, around)?;
    let payload: Vec<_> = table.payload().collect();
    let (inside, metadata) = rest.split_at(payload.len());
    let whole = |number: i64| Value::from(Decimal::from(number));
    let place = [
        Value::from("order.placed".to_owned()),
        whole(7),
        whole(40 + i64::try_from(i).unwrap()),
        Scalar::Ltz(i128::from(SENT_AT) * 1_000_000).into(),
    ];
    if metadata != place {
        return Err(format!("the record's place is {metadata:?}"));
    }
    for (column, cell) in payload.iter().zip(inside) {
        let found = find(fields, said, column.path.segments());
        let (field, datum) = found.ok_or_else(|| format!("nothing is said at {}", column.path))?;
        let (path, from) = (&column.path, &column.column.expression);
        // Inside a record that is missing itself nothing is filled in.
        let is_of_missing = column.depth > 0 && datum == Datum::Null && *cell == Value::Null;
        if !is_of_missing && !holds(&field, &datum, cell, language, carrier) {
            return Err(format!("{path} of {:?}: {datum:?} by {from}\n  is {cell:?}", field.ty));
        }
    }
    Ok(inside.len())
}

fn check_all(name: &str, schema: &Schema, language: SchemaType, seed: u64) -> Count {
    let mut sum = Count::default();
    let expanded = expanded(schema, domain::platform::Writer::RowData);
    for (kind, header) in KINDS.into_iter().map(|kind| (kind, None)).chain([(KINDS[1], Some("envelope"))]) {
        for design in [&Design::default(), &expanded] {
            let checked = check(schema, language, kind, (header, design), seed);
            let count = checked.unwrap_or_else(|problem| panic!("{name}, {kind}, seed {seed}: {problem}"));
            sum += count;
        }
    }
    sum
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.loads += other.loads;
        self.cells += other.cells;
        self.refused += other.refused;
        self.unknown += other.unknown;
    }
}

#[test]
fn rows_of_every_schema_arrive_as_they_were_said() {
    let mut sum = Count::default();
    let sound = of_cases().into_iter().chain(of_demonstration()).filter(|(_, schema, _)| is_sound(schema));
    for (seed, (name, schema, language)) in (1..).zip(sound) {
        sum += check_all(&name, &schema, language, seed);
    }
    println!("{sum:?}");
    assert!(sum.loads > 500 && sum.cells > 10_000 && sum.refused * 4 < sum.loads, "{sum:?}");
    assert!(sum.unknown * 4 < sum.loads, "{sum:?}");
}

#[test]
fn rows_of_a_corpus_arrive_as_they_were_said() {
    for language in SchemaType::ALL {
        let mut sum = Count::default();
        let sound = of_corpus(language).into_iter().filter(|(_, schema)| is_sound(schema));
        for (seed, (name, schema)) in (1..).zip(sound) {
            sum += check_all(&name, &schema, language, seed);
        }
        println!("{language:?}: {sum:?}");
    }
}

#[test]
fn a_row_without_its_id_is_not_loaded_and_says_why() {
    let schema = crate::listing::read("a string");
    let rendering = rendering(&schema, SchemaType::Avro, LoadKind::KafkaConnector, None, &Design::default());
    let row =
        parse_json(r#"{"a": "x", "RECORD_METADATA": {"topic": "t", "partition": 0, "offset": 1, "headers": {}}}"#);
    let problem = load(&rendering, &[row.unwrap()]).unwrap_err();
    assert!(problem.contains("_EVENT_ID") && problem.contains("does not accept NULL"), "{problem}");
}

#[test]
fn sample_events_fill_the_table_of_every_kind_of_load() {
    let mut filled = 0;
    for (name, schema, language) in of_cases().into_iter().chain(of_demonstration()) {
        let events = records(&schema, language, 2, 7);
        for kind in KINDS.into_iter().filter(|_| is_sound(&schema)) {
            let rendering = rendering(&schema, language, kind, None, &Design::default());
            if rendering.table.diagnostics.iter().any(|found| found.is_error()) {
                continue;
            }
            let (subject, platform) = (SubjectName::parse("order.placed-value").unwrap(), Platform::default());
            let design = Design { load: LoadEdit { kind: Some(kind), ..LoadEdit::default() }, ..Design::default() };
            let context = Context {
                subject: &subject,
                version: Version(3),
                schema_type: language,
                platform: &platform,
                design: &design,
                live: &[],
            };
            let sample = sample(&schema, &rendering.table, context, &events);
            let SampleRow::Cells(cells) = &sample.rows[0] else { panic!("{name} {kind}: {sample:?}") };
            for (column, cell) in sample.columns.iter().zip(cells) {
                assert!(matches!(cell, Cell::Null | Cell::Text(_)), "{name} {kind} {column}: {cell:?}");
            }
            filled += 1;
        }
    }
    assert!(filled > 150, "{filled}");
}

/// Rows of random records, loaded by a design; nothing where the generator refuses, or has no model of a type.
fn loaded(
    name: &str,
    schema: &Schema,
    language: SchemaType,
    kind: LoadKind,
    design: &Design,
) -> Option<(Rendering, usize)> {
    let rendering = rendering(schema, language, kind, None, design);
    if rendering.table.diagnostics.iter().any(|found| found.is_error()) {
        return None;
    }
    let carrier = Carrier::of(kind, WriterProfile::default());
    let arriving = Arriving { carrier, language, keys: &rendering.table.file_keys, envelope_header: None };
    let mut random = Random(11);
    let place = Record { topic: "order.placed", partition: 7, offset: 40, sent_at: SENT_AT };
    let said = (0..3).map(|_| record(&schema.fields, language, true, &mut random));
    let rows = said.filter_map(|said| arriving.row(&schema.fields, &envelope(0), &said, place));
    let rows: Vec<Variant> = rows.map(|row| parse_json(&print_json(&row)).unwrap()).collect();
    match load(&rendering, &rows) {
        Ok(loaded) => Some((rendering, loaded.len())),
        Err(problem) if problem.starts_with("Not simulated") => None,
        Err(problem) => panic!("{name} {kind}: {problem}"),
    }
}

#[test]
fn every_type_that_is_offered_for_a_field_of_a_row_can_be_loaded() {
    let mut loads = 0;
    for (name, schema, language) in of_cases().into_iter().filter(|(_, schema, _)| is_sound(schema)) {
        for kind in KINDS {
            let Some((first, _)) = loaded(&name, &schema, language, kind, &Design::default()) else { continue };
            // Every field as the type at one place among its choices, place by place.
            let of = |place: usize| {
                let typed = |row: &Row| {
                    let column_type = Some(row.choices.get(place)?.to_string());
                    Some((row.path.clone(), ColumnEdit { column_type, ..ColumnEdit::default() }))
                };
                let columns: BTreeMap<_, _> = first.table.rows.iter().filter_map(typed).collect();
                (!columns.is_empty()).then(|| Design { columns, ..Design::default() })
            };
            let tried = (1..).map_while(of).filter_map(|design| loaded(&name, &schema, language, kind, &design));
            loads += tried.filter(|(_, rows)| *rows > 0).count();
        }
    }
    println!("{loads} loads");
    assert!(loads > 200, "{loads}");
}
