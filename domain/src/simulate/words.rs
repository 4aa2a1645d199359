//! What a field's name suggests of its values, for sample events.

use super::random::Random;

/// A value for texts whose name has one of these words.
const TEXTS: [(&[&str], &[&str]); 16] = [
    (&["email", "mail"], &["ana.silva@example.com", "j.meyer@example.org", "li.wei@example.net"]),
    (&["currency"], &["EUR", "USD", "GBP"]),
    (&["country"], &["DE", "PT", "US", "JP"]),
    (&["city", "town"], &["Berlin", "Lisboa", "Boston", "Kyoto"]),
    (&["street", "address"], &["Hauptstraße 5", "Rua do Ouro 12", "42 Main Street"]),
    (&["postal", "postcode", "zip"], &["10115", "1100-063", "02108"]),
    (&["language", "locale", "lang"], &["de-DE", "pt-PT", "en-US"]),
    (&["timezone", "tz"], &["Europe/Berlin", "America/New_York"]),
    (&["phone", "mobile", "tel"], &["+49 30 123456", "+351 21 123 4567"]),
    (&["url", "uri", "link", "href"], &["https://example.com/a", "https://example.org/b?c=1"]),
    (&["ip"], &["192.0.2.17", "2001:db8::17"]),
    (&["host", "hostname", "domain"], &["shop.example.com", "app.example.org"]),
    (&["version"], &["1.4.2", "2.0.0"]),
    (&["status", "state"], &["ACTIVE", "PENDING", "DONE"]),
    (&["firstname", "lastname", "customer", "person", "author"], &["Ana Silva", "Jonas Meyer", "Li Wei"]),
    (&["description", "comment", "note", "message", "text"], &["Please ring twice.", "It's \"fine\".", "Größe 42"]),
];

/// The lower-case words of a name in whatever style.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_is_lower = false;
    for c in name.chars() {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && before_is_lower);
        if starts && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before_is_lower = c.is_lowercase() || c.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn has(words: &[String], any: &[&str]) -> bool {
    words.iter().any(|word| any.contains(&word.as_str()))
}

/// Whether a whole number of this name is an instant.
pub fn is_time(name: &str) -> bool {
    has(&words(name), &["at", "time", "timestamp", "ts"])
}

/// A text for a field of this name.
pub fn text(name: &str, random: &mut Random) -> String {
    let words = words(name);
    let known = TEXTS.iter().find(|(any, _)| has(&words, any));
    if let Some((_, values)) = known {
        return random.word(values);
    }
    let number = 1 + random.below(999);
    match words.split_last() {
        Some((last, before)) if ["id", "key", "ref", "token", "code"].contains(&last.as_str()) => {
            let stem: String = before.last().unwrap_or(last).chars().take(3).collect();
            format!("{stem}_{}", random.hex(10))
        }
        _ if words.is_empty() => format!("sample {number}"),
        _ => format!("{} {number}", words.join(" ")),
    }
}

/// A whole number for a field of this name.
pub fn whole(name: &str, random: &mut Random) -> u64 {
    let words = words(name);
    match () {
        () if has(&words, &["id"]) => 10_000 + random.below(90_000),
        () if has(&words, &["year"]) => 2_020 + random.below(7),
        () if has(&words, &["month"]) => 1 + random.below(12),
        () if has(&words, &["day", "hour"]) => 1 + random.below(23),
        () if has(&words, &["percent", "percentage", "minute", "minutes"]) => random.below(60),
        () if has(&words, &["quantity", "count", "number", "index", "position", "rank", "version"]) => {
            1 + random.below(12)
        }
        () if has(&words, &["ms", "millis", "bytes", "size", "cents", "amount", "price", "total"]) => {
            100 + random.below(9_900)
        }
        () => 1 + random.below(100),
    }
}

/// A number with a fraction for a field of this name.
pub fn fraction(name: &str, random: &mut Random) -> f64 {
    let words = words(name);
    #[expect(clippy::cast_precision_loss)]
    let mut below = |limit: u64, scale: f64| random.below(limit) as f64 / scale;
    match () {
        () if has(&words, &["lat", "latitude"]) => below(18_000_000, 100_000.0) - 90.0,
        () if has(&words, &["lon", "lng", "longitude"]) => below(36_000_000, 100_000.0) - 180.0,
        () if has(&words, &["ratio", "rate", "score", "probability", "confidence", "share"]) => below(1_000, 1_000.0),
        () => below(20_000, 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_style_have_words() {
        for name in ["shippingAddress", "shipping_address", "SHIPPING-ADDRESS", "ShippingAddress"] {
            assert_eq!(words(name), ["shipping", "address"], "{name}");
        }
        assert_eq!(words("HTTPServer2Id"), ["httpserver2", "id"]);
        assert_eq!(words("…"), Vec::<String>::new());
    }
}
