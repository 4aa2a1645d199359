//! How people are shown: initials, and what their role lets them do.

use domain::policy::Role;
use leptos::prelude::*;

/// A person's initials in a round mark; decoration, because the name stands beside it.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    view! {
        <span class="avatar" aria-hidden="true">
            {initials(&name)}
        </span>
    }
    .into_any()
}

/// What a role is for, in a few words.
pub fn role_sentence(role: Role) -> &'static str {
    match role {
        Role::Engineer => "engineer: finds events, designs and submits",
        Role::Analyst => "analyst: shapes tables and load definitions, and submits",
        Role::Platform => "platform team: reviews, approves and looks after runs",
    }
}

/// Two letters or digits that stand for a name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [] => "?".to_owned(),
        [word] => word.chars().take(2).collect(),
        [first, .., last] => first.chars().take(1).chain(last.chars().take(1)).collect(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_come_from_the_first_and_last_word() {
        let cases = [
            ("engineer", "EN"),
            ("platform-1", "P1"),
            ("Mara van der Okafor", "MO"),
            ("ünal.özil", "ÜÖ"),
            ("x", "X"),
            ("<b>", "B"),
            ("", "?"),
        ];
        for (name, letters) in cases {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
