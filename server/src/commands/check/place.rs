//! The line of a text that a field path is likely about: schemas are read into values, which do not know their places.

use domain::schema::FieldPath;

/// The line where the path's last name stands behind those around it, counted from 1; the first line if it cannot be found.
pub fn line_of(text: &str, path: &FieldPath) -> usize {
    let names = path.segments().iter().filter(|name| !matches!(name.as_str(), "[]" | "{}") && !name.starts_with('<'));
    let (mut from, mut found) = (0, None);
    for name in names {
        let Some(at) = word(text, from, name).or_else(|| word(text, 0, name)) else { continue };
        found = Some(at);
        from = at + name.len();
    }
    found.map_or(1, |at| text.get(..at).unwrap_or_default().matches('\n').count() + 1)
}

/// Where a name stands as a word of its own, from a byte on.
fn word(text: &str, from: usize, name: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let rest = text.get(from..)?;
    rest.match_indices(name).map(|(at, _)| from + at).find(|at| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nested_field_is_found_behind_its_parent() {
        let text =
            "{\"fields\": [\n{\"name\": \"city_name\"},\n{\"name\": \"city\"},\n{\"name\": \"to\",\n\"city\": 1}]}";
        assert_eq!(line_of(text, &FieldPath::of(["city"])), 3);
        assert_eq!(line_of(text, &FieldPath::of(["to", "[]", "city"])), 5);
        assert_eq!(line_of(text, &FieldPath::of(["nowhere"])), 1);
        assert_eq!(line_of(text, &FieldPath::root()), 1);
    }
}
