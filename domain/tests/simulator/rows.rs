//! Rows that come without files: random records as the sink job or the connector sends them, over the wire as JSON text, through the
//! generated expressions. Every column says what the event said.

use std::collections::HashSet;

use domain::design::{Design, LoadEdit};
use domain::platform::{LoadKind, Platform, Streaming, WriterProfile};
use domain::render::{Rendering, render_schema};
use domain::schema::{Field, FieldType, Schema, TimeUnit};
use domain::simulate::{
    Arriving, Cell, Datum, Decimal, File, Loaded, Loader, Record, SampleRow, Scalar, Session, Value, Variant, of_json,
    parse_json, print_json, records, sample,
};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Carrier, Context};

use crate::expected;
use crate::records::{Random, record};
use crate::roundtrip::{check_envelope, envelope, expanded, find};
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

/// The default of the schema where an event has null, which Kafka Connect puts there.
fn defaulted(field: &Field, datum: &Datum, language: SchemaType, carrier: Carrier) -> Datum {
    let is_filled = carrier == Carrier::Connector && language != SchemaType::Protobuf && *datum == Datum::Null;
    match field.default.as_deref().filter(|_| is_filled) {
        Some(text) => of_json(field, language, &serde_json::from_str(text).unwrap()).unwrap_or(Datum::Null),
        None => datum.clone(),
    }
}

/// Whether a cell is what the event said, by the rules of the files' columns, but for what JSON keeps otherwise.
fn holds(field: &Field, datum: &Datum, cell: &Value, language: SchemaType, carrier: Carrier) -> bool {
    let datum = &defaulted(field, datum, language, carrier);
    const MILLI: i128 = 1_000_000;
    let nothing = HashSet::new();
    let kept = expected::Kept { profile: WriterProfile::default(), plain_local: false, language, json_text: &nothing };
    let is_connector = carrier == Carrier::Connector;
    let wanted = match (&field.ty, datum) {
        (_, Datum::Null) => return *cell == Value::Null,
        (FieldType::Record { name, .. }, _)
            if name.starts_with("google.type.") && !matches!(cell, Value::Variant(_)) =>
        {
            match (expected::column(field, datum, kept, None), is_connector) {
                (Value::Scalar(Scalar::Time(at)), true) => Scalar::Time(at / 1_000_000 * 1_000_000).into(),
                (wanted, _) => wanted,
            }
        }
        (FieldType::Time { .. }, Datum::Time(at)) => Scalar::Time(*at).into(),
        (FieldType::Instant { .. }, Datum::Instant(at)) if is_connector && language == SchemaType::Protobuf => {
            Scalar::Ntz(at.div_euclid(MILLI) * MILLI).into()
        }
        #[expect(clippy::cast_possible_truncation)]
        (FieldType::Float { bits: 32 }, Datum::Float(number)) => {
            Scalar::Float((*number as f32).to_string().parse().unwrap()).into()
        }
        (FieldType::Array { item }, Datum::List(items)) => {
            let Value::Array(held) = cell else { return false };
            let mut both = held.iter().zip(items);
            return held.len() == items.len() && both.all(|(held, datum)| says(item, datum, held, language, carrier));
        }
        (
            FieldType::Map { .. }
            | FieldType::Record { .. }
            | FieldType::Union { .. }
            | FieldType::Json
            | FieldType::Recursive { .. }
            | FieldType::Truncated,
            datum,
        ) => {
            let Value::Variant(held) = cell else { return false };
            return says(field, datum, held, language, carrier);
        }
        _ => expected::column(field, datum, kept, None),
    };
    *cell == wanted
}

/// Whether JSON inside a column says a datum, read back without any SQL.
fn says(field: &Field, datum: &Datum, held: &Variant, language: SchemaType, carrier: Carrier) -> bool {
    let datum = &defaulted(field, datum, language, carrier);
    let inner = |field: &Field, datum: &Datum, held: &Variant| says(field, datum, held, language, carrier);
    let of = |ty: &FieldType| Field { ty: ty.clone(), wrapper: None, ..field.clone() };
    let text = match held {
        Variant::Scalar(Scalar::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let is_connector = carrier == Carrier::Connector;
    match (&field.ty, datum, held) {
        (_, Datum::Null, held) => *held == Variant::Null,
        (_, _, Variant::Object(parts)) if is_connector && field.wrapper == Some("paths") => {
            parts.len() == 1 && inner(&of(&field.ty), datum, &parts["paths"])
        }
        (FieldType::Array { item }, Datum::List(items), Variant::Array(held)) => {
            items.len() == held.len() && items.iter().zip(held).all(|(datum, held)| inner(item, datum, held))
        }
        (FieldType::Map { value, .. }, Datum::Map(entries), Variant::Object(held)) => {
            let keys: HashSet<&String> = entries.iter().map(|(key, _)| key).collect();
            held.len() == keys.len()
                && entries.iter().rev().all(|(key, datum)| {
                    let last = entries.iter().rev().find(|(other, _)| other == key).unwrap();
                    last.1 != *datum || inner(value, datum, &held[key])
                })
        }
        (FieldType::Record { name, .. }, Datum::Record(_), _) if is_connector && text.is_some() => {
            ["google.type.Date", "google.type.TimeOfDay"].contains(&name.as_str())
        }
        (FieldType::Record { fields, .. }, Datum::Record(entries), Variant::Object(held)) => {
            fields.iter().all(|field| {
                let said = entries.iter().find(|(key, _)| *key == field.name).map_or(&Datum::Null, |(_, datum)| datum);
                inner(field, said, &held[&field.name])
            })
        }
        (FieldType::Union { branches }, Datum::Chosen(chosen, datum), held) if is_connector => {
            let Variant::Object(held) = held else { return false };
            let mut there = held.iter().filter(|(_, value)| **value != Variant::Null);
            let branch = &branches[*chosen];
            match there.next() {
                Some((key, value)) => branch.name.ends_with(key.as_str()) && inner(&of(&branch.ty), datum, value),
                None => **datum == Datum::Null,
            }
        }
        (FieldType::Union { branches }, Datum::Chosen(chosen, datum), held) => {
            inner(&of(&branches[*chosen].ty), datum, held)
        }
        (_, Datum::Json(value), held) => parse_json(&value.to_string()).as_ref() == Some(held),
        (_, Datum::Duration(length), Variant::Object(held)) => {
            let part = |name: &str| match &held[name] {
                Variant::Scalar(Scalar::Number(number)) => number.whole().unwrap(),
                other => panic!("{name} is {other:?}"),
            };
            part("seconds") * 1_000_000_000 + part("nanos") == *length
        }
        (ty, datum, held) => says_plainly(ty, datum, held, is_connector),
    }
}

fn says_plainly(ty: &FieldType, datum: &Datum, held: &Variant, is_connector: bool) -> bool {
    let Variant::Scalar(held) = held else { return false };
    match (datum, held) {
        (Datum::Boolean(said), Scalar::Boolean(held)) => said == held,
        (Datum::Integer(said), Scalar::Number(held)) => {
            let wraps = is_connector && matches!(ty, FieldType::Integer { bits: 64, signed: false });
            let wrapped = if wraps && *said > i64::MAX.into() { said - (1i128 << 64) } else { *said };
            held.whole() == Some(wrapped)
        }
        #[expect(clippy::cast_possible_truncation)]
        (Datum::Float(said), Scalar::Float(_) | Scalar::Number(_)) => {
            let held = match held {
                Scalar::Number(number) => number.to_float(),
                Scalar::Float(number) => *number,
                _ => return false,
            };
            held == *said || held as f32 == *said as f32
        }
        (Datum::Decimal(said), Scalar::Number(held)) => is_connector && said == held,
        (Datum::Decimal(said), Scalar::Text(held)) => Decimal::parse(held) == Some(*said),
        (Datum::Text(said), Scalar::Text(held)) => said == held,
        // Bytes and times are texts of their own rules, which columns of their own check.
        (Datum::Bytes(said), Scalar::Text(held)) => held.len() >= said.len(),
        (Datum::Date(_) | Datum::Time(_) | Datum::Instant(_), Scalar::Text(held)) => held.contains(['-', ':']),
        (Datum::Time(_) | Datum::Instant(_), Scalar::Number(_)) => {
            is_connector && !matches!(ty, FieldType::Instant { unit: TimeUnit::Millis })
        }
        _ => false,
    }
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
