//! Digests and commit ids: short enough to compare at a glance, whole on hover and when copied.

use leptos::prelude::*;

use crate::ui::CopyButton;

/// A digest or commit id, shortened; `label` names what the button copies, as in "Copy the digest".
#[component]
pub fn Digest(#[prop(into)] text: String, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <span class="state">
            <span class="digest" title=text.clone()>
                {shortened(&text)}
            </span>
            <CopyButton text label />
        </span>
    }
    .into_any()
}

/// `sha256:` and the first eight and last four digits of a digest, the first ten digits of a commit id; short texts stay whole.
pub fn shortened(text: &str) -> String {
    let (algorithm, digits) = text.split_at(text.find(':').map_or(0, |colon| colon + 1));
    let count = digits.chars().count();
    if count <= 16 {
        return text.to_owned();
    }
    if algorithm.is_empty() {
        return digits.chars().take(10).collect();
    }
    let first: String = digits.chars().take(8).collect();
    let last: String = digits.chars().skip(count - 4).collect();
    format!("{algorithm}{first}…{last}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_ids_keep_what_people_compare() {
        let digest = format!("sha256:9f3c41d7{}be20", "0".repeat(52));
        assert_eq!(shortened(&digest), "sha256:9f3c41d7…be20");
        assert_eq!(shortened("5f0c2d8b9a7e6f5d4c3b2a190817263544536271"), "5f0c2d8b9a");
        assert_eq!(shortened("sha256:ab"), "sha256:ab");
        assert_eq!(shortened(&"ü".repeat(40)), "ü".repeat(10));
    }
}
