//! A digest for people: enough of both ends to compare, the whole on hover.

/// `sha256:9f3c41d7…be20` of a whole digest; anything shorter stays as it is.
pub fn short_digest(digest: &str) -> String {
    let Some((kind, hex)) = digest.split_once(':') else { return digest.to_owned() };
    match (hex.get(..8), hex.len().checked_sub(4).and_then(|end| hex.get(end..))) {
        (Some(start), Some(end)) if hex.len() > 16 => format!("{kind}:{start}…{end}"),
        _ => digest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_keeps_its_ends() {
        assert_eq!(short_digest("sha256:9f3c41d700000000be20"), "sha256:9f3c41d7…be20");
        assert_eq!(short_digest("sha256:9f"), "sha256:9f");
        assert_eq!(short_digest("none"), "none");
    }
}
