//! What each way of reading makes of the same file, row by row as Snowflake documents it.

use domain::schema::TimeUnit;
use domain::simulate::{
    BytesMark, Decimal, Failure, Held, Mark, Reader, Scalar, Variant, parse_json, print_json, read,
};

/// One second after 1970 in a unit.
fn second(unit: TimeUnit) -> i64 {
    10i64.pow(unit.digits().into())
}

fn seen(held: Held, reader: Reader) -> String {
    match read(&held, reader) {
        Ok(Variant::Scalar(Scalar::Number(_))) => "INTEGER".into(),
        Ok(Variant::Scalar(scalar)) => scalar.type_name().into(),
        Ok(other) => print_json(&other),
        Err(Failure::Refused(_)) => "error".into(),
        Err(Failure::NotSimulated(_)) => "not simulated".into(),
    }
}

/// What the three ways of reading make of a value, in the order in which they are documented.
fn all(held: &Held) -> [String; 3] {
    [Reader::Vectorized, Reader::LegacyLogical, Reader::Legacy].map(|reader| seen(held.clone(), reader))
}

fn timestamp(unit: TimeUnit, utc: bool, converted: bool) -> Held {
    Held::Integer(second(unit), Some(Mark::Timestamp { unit, utc, converted }))
}

#[test]
fn times_are_read_as_the_table_of_file_formats_says() {
    use TimeUnit::{Micros, Millis, Nanos};
    for (held, expected) in [
        (Held::Integer(second(Millis), Some(Mark::Time(Millis))), ["TIME", "TIME", "TIME"]),
        (Held::Integer(second(Micros), Some(Mark::Time(Micros))), ["TIME", "TIME", "TIME"]),
        (Held::Integer(second(Nanos), Some(Mark::Time(Nanos))), ["TIME", "TIME", "INTEGER"]),
        (timestamp(Millis, true, true), ["TIMESTAMP_LTZ", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ"]),
        (timestamp(Micros, true, true), ["TIMESTAMP_LTZ", "TIMESTAMP_LTZ", "TIMESTAMP_NTZ"]),
        (timestamp(Nanos, true, false), ["TIMESTAMP_LTZ", "TIMESTAMP_LTZ", "INTEGER"]),
        (timestamp(Micros, false, true), ["TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"]),
        (timestamp(Micros, false, false), ["TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "INTEGER"]),
        (timestamp(Nanos, false, false), ["TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "INTEGER"]),
        (Held::Int96(1_000_000_000), ["TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "TIMESTAMP_NTZ"]),
        (Held::Integer(1, None), ["INTEGER", "INTEGER", "INTEGER"]),
        (Held::Integer(1, Some(Mark::Date)), ["DATE", "DATE", "DATE"]),
    ] {
        assert_eq!(all(&held), expected, "{held:?}");
    }
}

#[test]
fn every_unit_of_a_timestamp_is_the_same_second() {
    for unit in [TimeUnit::Millis, TimeUnit::Micros, TimeUnit::Nanos] {
        let held = timestamp(unit, true, true);
        assert_eq!(read(&held, Reader::Vectorized), Ok(Variant::Scalar(Scalar::Ltz(1_000_000_000))));
    }
}

#[test]
fn bytes_without_annotation_are_text_to_the_older_reader_and_cost_the_file_where_they_are_none() {
    let bytes = |bytes: &[u8]| Held::Bytes(bytes.to_vec(), BytesMark::Plain);
    assert_eq!(all(&bytes(b"text")), ["BINARY", "VARCHAR", "VARCHAR"]);
    assert_eq!(all(&bytes(b"\xff")), ["BINARY", "error", "error"]);
    assert_eq!(all(&Held::Bytes(vec![0; 16], BytesMark::Uuid)), ["not simulated"; 3]);
    assert_eq!(all(&Held::Bytes(b"A".to_vec(), BytesMark::Enum)), ["VARCHAR"; 3]);
}

#[test]
fn decimals_are_twos_complement_of_any_length() {
    let number = |bytes: &[u8]| match read(&Held::Bytes(bytes.to_vec(), BytesMark::Decimal(2)), Reader::Vectorized) {
        Ok(Variant::Scalar(Scalar::Number(number))) => number.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(number(&[0x00, 0x80]), "1.28");
    assert_eq!(number(&[0x80]), "-1.28");
    assert_eq!(number(&[]), "0.00");
    assert_eq!(number(&[&[0xff; 20][..], &[0x01]].concat()), "-2.55");
    assert!(number(&[0x7f; 17]).contains("Refused"));
    let written = Held::decimal(Decimal::parse("-123.45").unwrap());
    assert_eq!(read(&written, Reader::Legacy), Ok(parse_json("-123.45").unwrap()));
}

#[test]
fn maps_and_missing_values_have_another_shape_for_the_older_reader() {
    let row = Held::Group(vec![
        ("there".into(), Held::Boolean(true)),
        ("missing".into(), Held::Missing),
        ("list".into(), Held::List(vec![Held::Boolean(false), Held::Missing])),
        ("map".into(), Held::Map(vec![(Held::text("k"), Held::text("v")), (Held::Integer(7, None), Held::Missing)])),
    ]);
    let legacy = r#"{"list":[false],"map":{"key_value":[{"key":"k","value":"v"},{"key":7}]},"there":true}"#;
    assert_eq!(
        all(&row),
        [r#"{"list":[false,null],"map":{"7":null,"k":"v"},"missing":null,"there":true}"#, legacy, legacy]
    );
}
