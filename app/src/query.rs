//! Reads the query of the address. The router's own map decodes each value twice, so that a subject called `a%41` would open `aA`.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

/// The value of `key` in the address, decoded once; `None` when it is not there.
pub fn use_query_value(key: &'static str) -> Memo<Option<String>> {
    let url = use_url();
    Memo::new(move |_| url.with(|url| value_of(url.search(), key)))
}

/// The last value of `key` in a query, with or without its question mark.
pub fn value_of(query: &str, key: &str) -> Option<String> {
    let pairs = query.trim_start_matches('?').split('&');
    let mut found =
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).filter(|(name, _)| decode(name) == key);
    found.next_back().map(|(_, value)| decode(value))
}

/// All values of `key` in a query, in order.
pub fn values_of(query: &str, key: &str) -> Vec<String> {
    let pairs = query.trim_start_matches('?').split('&');
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.filter(|(name, _)| decode(name) == key).map(|(_, value)| decode(value)).collect()
}

/// Takes the encoding of forms back: `+` is a space, `%2B` a plus. What is not an encoding stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(hexadecimal);
        bytes.push(code.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    digits.iter().map(digit).try_fold(0, |sum, digit| Some(sum * 16 + digit?)).and_then(|code| u8::try_from(code).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_decoded_once() {
        assert_eq!(value_of("?name=a%2541&x=1", "name").as_deref(), Some("a%41"));
        assert_eq!(value_of("q=%28a%2Bb%29+c%C3%BC", "q").as_deref(), Some("(a+b) cü"));
    }

    #[test]
    fn what_is_no_encoding_is_taken_as_it_is() {
        assert_eq!(value_of("q=100%&y=%zz", "q").as_deref(), Some("100%"));
        assert_eq!(value_of("q=100%&y=%zz", "y").as_deref(), Some("%zz"));
        assert_eq!(value_of("q=%2", "q").as_deref(), Some("%2"));
    }

    #[test]
    fn the_last_of_several_values_counts_and_a_missing_one_is_none() {
        assert_eq!(value_of("a=1&a=2&b", "a").as_deref(), Some("2"));
        assert_eq!(value_of("a=1&b", "b").as_deref(), Some(""));
        assert_eq!(value_of("", "b"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_text_survives_the_way_through_an_address(text in ".{0,40}") {
            let query = format!("q={}", crate::paths::encode(&text));
            proptest::prop_assert_eq!(value_of(&query, "q"), Some(text));
        }
    }
}
