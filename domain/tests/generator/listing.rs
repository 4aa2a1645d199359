//! Schemas as compact listings, one field a line, for what no schema text says so shortly: `amount? decimal(12,2) // what is due`.

use domain::schema::{Branch, Field, FieldPath, FieldType, MapKey, Schema, TimeUnit};

/// Reads a listing. Deeper lines are fields of the record above them, or of the list's; a name may be a JSON string.
pub fn read(text: &str) -> Schema {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .collect();
    let mut at = 0;
    let fields = fields(&lines, &mut at, 0, &FieldPath::root());
    Schema { fields, ..Schema::default() }
}

fn fields(lines: &[(usize, &str)], at: &mut usize, indent: usize, parent: &FieldPath) -> Vec<Field> {
    let mut found = vec![];
    while let Some((_, line)) = lines.get(*at).filter(|(depth, _)| *depth == indent) {
        *at += 1;
        let (line, doc) = line.split_once(" // ").map_or((*line, None), |(line, doc)| (line, Some(doc.to_owned())));
        let (name, ty, nullable) = head(line);
        let path = parent.child(name.clone());
        let mut ty = type_of(&ty, &path);
        let (record, place) = match &mut ty {
            FieldType::Array { item } => (&mut item.ty, item.path.clone()),
            ty => (ty, path.clone()),
        };
        if let (FieldType::Record { fields: inner, .. }, Some((deeper, _))) = (record, lines.get(*at))
            && *deeper > indent
        {
            *inner = fields(lines, at, *deeper, &place);
        }
        found.push(Field { nullable, doc, ..Field::required(parent, &name, ty) });
    }
    found
}

/// Name, type and whether it is nullable (`name? type`).
fn head(line: &str) -> (String, String, bool) {
    let (name, rest) = if line.starts_with('"') {
        let end = line.rfind('"').expect("a name in quotes ends with one") + 1;
        (serde_json::from_str(&line[..end]).expect("a name in quotes is a JSON string"), &line[end..])
    } else {
        let end = line.find([' ', '?']).expect("a line has a name and a type");
        (line[..end].to_owned(), &line[end..])
    };
    let (rest, nullable) = rest.strip_prefix('?').map_or((rest, false), |rest| (rest, true));
    (name, rest.trim().to_owned(), nullable)
}

fn type_of(text: &str, path: &FieldPath) -> FieldType {
    let inner = |segment: &str, text: &str| {
        let place = path.child(segment);
        Box::new(Field::required(path, segment, type_of(text, &place)))
    };
    if let Some(text) = text.strip_prefix("array<").and_then(|text| text.strip_suffix('>')) {
        return FieldType::Array { item: inner("[]", text) };
    }
    if let Some(text) = text.strip_prefix("map<").and_then(|text| text.strip_suffix('>')) {
        return FieldType::Map { key: MapKey::Text, value: inner("{}", text) };
    }
    let (word, arguments) = text.split_once('(').map_or((text, ""), |(word, rest)| (word, rest.trim_end_matches(')')));
    let list: Vec<&str> = arguments.split(',').filter(|a| !a.is_empty()).collect();
    let number = |i: usize| list[i].parse::<u32>().expect("a parameter is a number");
    let unit = || match number(0) {
        0 => TimeUnit::Seconds,
        3 => TimeUnit::Millis,
        6 => TimeUnit::Micros,
        _ => TimeUnit::Nanos,
    };
    match word {
        "boolean" => FieldType::Boolean,
        "int" => FieldType::Integer { bits: 32, signed: true },
        "long" => FieldType::Integer { bits: 64, signed: true },
        "uint32" => FieldType::Integer { bits: 32, signed: false },
        "uint64" => FieldType::Integer { bits: 64, signed: false },
        "integer" => FieldType::Integer { bits: 0, signed: true },
        "float" => FieldType::Float { bits: 32 },
        "double" => FieldType::Float { bits: 64 },
        "decimal" => FieldType::Decimal { precision: number(0), scale: number(1) },
        "string" => FieldType::String { max_length: list.first().map(|n| n.parse().expect("a length")) },
        "bytes" => FieldType::Bytes,
        "fixed" => FieldType::Fixed { size: number(0).into() },
        "base64" => FieldType::Base64,
        "uuid" => FieldType::Uuid,
        "uuid-bytes" => FieldType::UuidBytes,
        "enum" => FieldType::Enum { symbols: list.iter().map(|s| s.trim().to_owned()).collect() },
        "date" => FieldType::Date,
        "date-text" => FieldType::DateText,
        "time" => FieldType::Time { unit: unit() },
        "time-text" => FieldType::TimeText,
        "instant" => FieldType::Instant { unit: unit() },
        "instant-text" => FieldType::InstantText,
        "local" => FieldType::LocalDateTime { unit: unit() },
        "duration" => FieldType::Duration,
        "record" => FieldType::Record { name: arguments.to_owned(), fields: vec![] },
        "union" => FieldType::Union {
            branches: list.iter().map(|b| Branch { name: (*b).to_owned(), ty: type_of(b, path) }).collect(),
        },
        "json" => FieldType::Json,
        "recursive" => FieldType::Recursive { name: arguments.to_owned() },
        "truncated" => FieldType::Truncated,
        other => panic!("unknown type {other} in a listing"),
    }
}
