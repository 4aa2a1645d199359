//! Avro schemas: any text is read within bounds, and rendered to the statements that were planned.

#![no_main]

use domain::subject::SchemaType;

libfuzzer_sys::fuzz_target!(|data: &[u8]| domain_fuzz::read_and_render(SchemaType::Avro, data));
