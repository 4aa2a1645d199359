//! Personal data: which fields are taken for it and by which rule, and what becomes of them.

use serde::{Deserialize, Serialize};

use super::Suggestion;
use crate::design::ColumnEdit;
use crate::platform::Platform;
use crate::schema::{Field, FieldType, Schema};
use crate::table::words;

/// How a platform recognises personal data and what guards it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PersonalData {
    /// Tags of the registry, in any case.
    pub tags: Vec<String>,
    /// Words of field names; `first_name` means these two after each other.
    pub names: Vec<String>,
    /// Words of documentation.
    pub words: Vec<String>,
    /// The masking policy for text; without one such columns are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masking_policy: Option<String>,
}

impl Default for PersonalData {
    fn default() -> Self {
        let names = [
            "address_line",
            "bank_account",
            "birth_date",
            "birthdate",
            "birthday",
            "card_number",
            "cell_phone",
            "city_of_birth",
            "credit_card",
            "date_of_birth",
            "dob",
            "driver_license",
            "email",
            "e_mail",
            "family_name",
            "first_name",
            "full_name",
            "gender",
            "given_name",
            "iban",
            "ip",
            "ip_address",
            "last_name",
            "latitude",
            "longitude",
            "maiden_name",
            "mobile",
            "national_id",
            "nationality",
            "passport",
            "password",
            "phone",
            "postal_code",
            "postcode",
            "religion",
            "salary",
            "sex",
            "social_security",
            "ssn",
            "street",
            "surname",
            "tax_id",
            "telephone",
            "zip",
            "zip_code",
        ];
        let words = ["personal data", "personally identifiable", "PII", "GDPR", "sensitive"];
        let tags = ["PII", "PHI", "SPI", "GDPR", "PERSONAL", "PERSONAL_DATA", "SENSITIVE"];
        Self {
            tags: tags.map(str::to_owned).to_vec(),
            names: names.map(str::to_owned).to_vec(),
            words: words.map(str::to_owned).to_vec(),
            masking_policy: None,
        }
    }
}

impl PersonalData {
    /// The rule by which a field is taken for personal data, as a sentence.
    pub fn rule(&self, field: &Field) -> Option<String> {
        if let Some(tag) = self.tag_of(&field.tags) {
            return Some(format!("It is tagged {tag}."));
        }
        let name = words(&field.name);
        let by_name = self.names.iter().find(|wanted| holds(&name, &words(wanted)));
        if let Some(wanted) = by_name {
            return Some(format!("Its name says {}.", wanted.replace('_', " ")));
        }
        let doc = words(field.doc.as_deref()?);
        let by_doc = self.words.iter().find(|wanted| holds(&doc, &words(wanted)));
        by_doc.map(|wanted| format!("Its documentation says {wanted}."))
    }

    /// The first of these tags that stands for personal data.
    fn tag_of<'t>(&self, tags: &'t [String]) -> Option<&'t String> {
        tags.iter().find(|tag| self.tags.iter().any(|wanted| wanted.eq_ignore_ascii_case(tag)))
    }
}

/// Whether some words stand in a text, after each other and whole, one or many; the texts are in upper case with underscores between words.
fn holds(text: &str, wanted: &str) -> bool {
    let (text, wanted): (Vec<&str>, Vec<&str>) = (text.split('_').collect(), wanted.split('_').collect());
    let is_word = |(word, wanted): (&&str, &&str)| word == wanted || word.strip_suffix('S') == Some(*wanted);
    !wanted.concat().is_empty() && text.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(is_word))
}

/// Personal data masked or left out, which is all of an event that is tagged as a whole. A record with some inside is taken apart, because its own column would show all of it; a list or
/// a map with some inside cannot be, so it is left out whole.
pub(super) fn suggestion(schema: &Schema, platform: &Platform) -> Suggestion {
    let mut suggestion = Suggestion::default();
    let mut left: Vec<&Field> = schema.fields.iter().collect();
    let rules = &platform.personal_data;
    let of_event = rules.tag_of(&schema.event.tags).map(|tag| format!("The event is tagged {tag}."));
    while let Some(field) = left.pop() {
        if let Some(rule) = of_event.clone().or_else(|| rules.rule(field)) {
            suggest(&mut suggestion, field, guarded(field, rules), &rule);
        } else if let Some(inner) = inside(field, rules) {
            let because = format!("It holds {}.", inner.path);
            let expand = (!field.fields().is_empty()).then_some(true);
            let edit = ColumnEdit { keep: Some(false), expand, ..ColumnEdit::default() };
            suggest(&mut suggestion, field, edit, &because);
            left.extend(field.fields());
        }
    }
    suggestion.reasons.sort();
    suggestion
}

fn suggest(suggestion: &mut Suggestion, field: &Field, edit: ColumnEdit, because: &str) {
    let what = match (&edit.masking_policy, edit.expand) {
        (Some(policy), _) => format!("{because} The policy {policy} masks it."),
        (None, Some(_)) => format!("{because} Its other fields have columns of their own."),
        (None, None) => format!("{because} It is left out."),
    };
    suggestion.reasons.push((field.path.clone(), what));
    suggestion.design.columns.insert(field.path.clone(), edit);
}

/// A masking policy is made for one type, and the platform's is for text.
fn guarded(field: &Field, rules: &PersonalData) -> ColumnEdit {
    let is_text = matches!(field.ty, FieldType::String { .. } | FieldType::Enum { .. } | FieldType::Uuid);
    match &rules.masking_policy {
        Some(policy) if is_text => ColumnEdit { masking_policy: Some(policy.clone()), ..ColumnEdit::default() },
        _ => ColumnEdit { keep: Some(false), ..ColumnEdit::default() },
    }
}

/// The first field inside that is taken for personal data.
fn inside<'a>(field: &'a Field, rules: &PersonalData) -> Option<&'a Field> {
    let mut left: Vec<&Field> = field.ty.nested();
    left.reverse();
    while let Some(inner) = left.pop() {
        if rules.rule(inner).is_some() {
            return Some(inner);
        }
        left.extend(inner.ty.nested().into_iter().rev());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::FieldPath;

    fn field(name: &str, doc: &str) -> Field {
        let ty = FieldType::String { max_length: None };
        Field { doc: Some(doc.to_owned()), ..Field::required(&FieldPath::root(), name, ty) }
    }

    #[test]
    fn words_are_found_whole_however_the_schema_spells_them() {
        let rule = |name: &str, doc: &str| PersonalData::default().rule(&field(name, doc));
        for name in ["email", "customerEmail", "EMAIL_ADDRESS", "e-mail", "phones", "firstName", "user.ip", "zipCode"] {
            assert!(rule(name, "").is_some(), "{name}");
        }
        for name in ["emailed", "shipment", "trip", "name", "first", "sexagesimal", "recipe"] {
            assert_eq!(rule(name, ""), None, "{name}");
        }
        assert_eq!(rule("note", "Contains PII."), Some("Its documentation says PII.".into()));
        assert_eq!(
            rule("note", "Holds personal data of the customer"),
            Some("Its documentation says personal data.".into())
        );
        assert_eq!(rule("note", "A pipe"), None);
    }

    #[test]
    fn a_tag_goes_before_the_name_and_is_found_in_any_case() {
        let tagged = |tag: &str| Field { tags: vec!["INTERNAL".into(), tag.into()], ..field("email", "") };
        assert_eq!(PersonalData::default().rule(&tagged("pii")), Some("It is tagged pii.".into()));
        assert_eq!(PersonalData::default().rule(&tagged("PIIX")), Some("Its name says email.".into()));
    }
}
