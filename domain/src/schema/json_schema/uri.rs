//! The little of RFC 3986 that `$ref` needs: splitting off a fragment, and resolving a relative reference against a base.

/// The reference without its fragment, and the fragment with its percent escapes undone.
pub fn split_fragment(reference: &str) -> (&str, String) {
    let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (uri, percent_decode(fragment))
}

/// `reference` as seen from `base` (section 5.3, without normalising what is already absolute).
pub fn join(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let authority_at = base.find("://").map_or(0, |at| at + 3);
    if let Some(network) = reference.strip_prefix("//") {
        return format!("{}{network}", &base[..authority_at]);
    }
    let path_at =
        if authority_at == 0 { 0 } else { base[authority_at..].find('/').map_or(base.len(), |at| authority_at + at) };
    let (origin, path) = base.split_at(path_at);
    if reference.starts_with('/') {
        return format!("{origin}{}", without_dots(reference));
    }
    let folder = path.rfind('/').map_or(if origin.is_empty() { "" } else { "/" }, |at| &path[..=at]);
    format!("{origin}{}", without_dots(&format!("{folder}{reference}")))
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let rooted = path.starts_with('/');
    for segment in path.split('/').skip(usize::from(rooted)) {
        match segment {
            "." => {}
            ".." => _ = kept.pop(),
            segment => kept.push(segment),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, kept.join("/"))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_resolve_as_the_standard_says() {
        let base = "http://example.com/schemas/order/placed.json";
        for (reference, expected) in [
            ("common.json", "http://example.com/schemas/order/common.json"),
            ("./common.json", "http://example.com/schemas/order/common.json"),
            ("../money.json", "http://example.com/schemas/money.json"),
            ("/root.json", "http://example.com/root.json"),
            ("//other.org/a.json", "http://other.org/a.json"),
            ("urn:acme:order", "urn:acme:order"),
        ] {
            assert_eq!(join(base, reference), expected);
        }
        assert_eq!(join("", "./common.json"), "common.json");
        assert_eq!(join("orders/placed.json", "../common.json"), "common.json");
        assert_eq!(join("http://example.com", "a.json"), "http://example.com/a.json");
        assert_eq!(join("", "../../a"), "a");
    }

    #[test]
    fn fragments_are_decoded_and_odd_escapes_are_kept() {
        assert_eq!(split_fragment("a.json#/definitions/a%20b"), ("a.json", "/definitions/a b".to_owned()));
        assert_eq!(split_fragment("#%zz%"), ("", "%zz%".to_owned()));
    }
}
