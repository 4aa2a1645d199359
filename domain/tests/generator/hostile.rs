//! Text with all that could break out of a quote.

use proptest::prelude::*;

/// Text with all that could break out of a quote.
pub fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("\\".to_owned()),
        Just("${".to_owned()),
        Just("%{".to_owned()),
        Just("$$".to_owned()),
        Just("\0".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("--".to_owned()),
        Just("/*".to_owned()),
        Just(";".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("EOT\n".to_owned()),
        any::<char>().prop_map(String::from),
        "[a-zA-Z0-9_. ]{0,6}",
    ];
    proptest::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}
