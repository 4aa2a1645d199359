//! Renderers: any names and texts, in whatever place of the platform, the subject and the schema they stand.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| domain_fuzz::render_texts(data));
