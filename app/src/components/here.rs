//! Where the reader is, as a path with its query, for forms and links that lead back.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::paths;

/// The path and query of the open page.
pub fn use_here() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || here(&location.pathname.get(), &location.search.get()))
}

fn here(path: &str, search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => path.to_owned(),
        search => format!("{path}?{search}"),
    }
}

/// The sign-in page, which leads back to `here`.
pub fn sign_in_path(here: &str) -> String {
    format!("{}?return_to={}", paths::SIGN_IN, paths::encode(here))
}

#[cfg(test)]
mod tests {
    use super::here;

    #[test]
    fn a_path_is_joined_with_its_query_once() {
        assert_eq!(here("/requests", ""), "/requests");
        assert_eq!(here("/requests", "inbox=all"), "/requests?inbox=all");
        assert_eq!(here("/requests", "?inbox=all"), "/requests?inbox=all");
    }
}
