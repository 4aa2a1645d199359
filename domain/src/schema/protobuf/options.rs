//! What options say of themselves, before they are taken off: features, tags, and whether something is deprecated.

use prost_reflect::prost_types::UninterpretedOption;
use prost_reflect::prost_types::uninterpreted_option::NamePart;

use super::tokens::tokens;

/// The most tags that one thing keeps.
const MAX_TAGS: usize = 64;

/// One member of an option that is a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The member's name.
    pub name: String,
    /// Its value as it is written, without quotes.
    pub value: String,
}

/// What an option sets in the message `of`, be it `features.x = Y`, `features = { x: Y }` or the same of an extension. Members of
/// members and of extensions are left out.
pub fn settings(option: &UninterpretedOption, of: &str, is_extension: bool) -> Vec<Setting> {
    let is_meant = |part: &NamePart| part.is_extension == is_extension && part.name_part.trim_start_matches('.') == of;
    match option.name.as_slice() {
        [first, member] if is_meant(first) && !member.is_extension => {
            let values = value(option).map(|value| vec![value]);
            let name = &member.name_part;
            values.unwrap_or_default().into_iter().map(|value| Setting { name: name.clone(), value }).collect()
        }
        [only] if is_meant(only) => option.aggregate_value.as_deref().map(members).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn value(option: &UninterpretedOption) -> Option<String> {
    let text = option.string_value.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    text.or_else(|| option.identifier_value.clone())
}

/// The members of a message in text form at its own level, lists taken apart.
fn members(text: &str) -> Vec<Setting> {
    let mut found: Vec<Setting> = Vec::new();
    let mut name: Option<&str> = None;
    let (mut depth, mut is_list, mut is_continued) = (0usize, false, false);
    for token in tokens(text) {
        match token.text {
            "{" | "<" => depth += 1,
            "}" | ">" => {
                depth = depth.saturating_sub(1);
                name = name.filter(|_| is_list);
            }
            _ if depth > 0 || token.text == ":" => {}
            "[" => (is_list, is_continued) = (true, false),
            "]" => (is_list, is_continued, name) = (false, false, None),
            "," | ";" => {
                is_continued = false;
                name = name.filter(|_| is_list);
            }
            // The name of an extension stands in brackets.
            _ if is_list && name.is_none() => {}
            _ => match (name, token.string()) {
                // Texts that follow each other are one text.
                (Some(_), Some(more)) if is_continued => {
                    if let Some(Setting { value, .. }) = found.last_mut() {
                        value.push_str(more);
                    }
                }
                (Some(of), Some(text)) => {
                    found.push(Setting { name: of.to_owned(), value: text.to_owned() });
                    is_continued = true;
                }
                (Some(of), None) if !is_continued && token.is_word() => {
                    found.push(Setting { name: of.to_owned(), value: token.text.to_owned() });
                    name = name.filter(|_| is_list);
                }
                _ => {
                    name = Some(token.text);
                    is_continued = false;
                }
            },
        }
    }
    found
}

/// The tags that Confluent's options give (`(confluent.field_meta).tags`), each once.
pub fn tags(options: &[UninterpretedOption], of: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let settings = options.iter().flat_map(|option| settings(option, of, true));
    for setting in settings.filter(|setting| setting.name == "tags" && !setting.value.is_empty()) {
        if tags.len() < MAX_TAGS && !tags.contains(&setting.value) {
            tags.push(setting.value);
        }
    }
    tags
}

/// Whether the option `deprecated` is set.
pub fn is_deprecated(options: &[UninterpretedOption]) -> bool {
    options.iter().any(|option| {
        matches!(option.name.as_slice(), [part] if part.name_part == "deprecated" && !part.is_extension)
            && option.identifier_value() == "true"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        members(text).into_iter().map(|setting| (setting.name, setting.value)).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn members_of_a_message_in_text_form_are_found_at_its_own_level() {
        let text = "doc: \"a\" \"b\", tags: [\"PII\", 'X'] params { key: \"k\" tags: \"no\" } tags: \"Y\"; closed: true open: no";
        let expected = [
            pair("doc", "ab"),
            pair("tags", "PII"),
            pair("tags", "X"),
            pair("tags", "Y"),
            pair("closed", "true"),
            pair("open", "no"),
        ];
        assert_eq!(pairs(text), expected);
        assert_eq!(
            pairs("field_presence: IMPLICIT [pb.cpp] { string_type: VIEW }").first(),
            Some(&pair("field_presence", "IMPLICIT"))
        );
        assert_eq!(pairs("}}} : ["), []);
    }
}
