//! Edits: any design that is one is applied to an event with every type, taken back, and made again.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| domain_fuzz::edit(data));
