//! A form without scripts that is refused goes back with its answer in the address. Anyone can write such an address into a link, and
//! the console would say their sentence as its own; so an answer that another site's link brings is taken out.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use url::form_urlencoded::{Serializer, parse};

use crate::auth::forms::local_path;

/// The query parameters that carry a refused form's answer.
const ANSWER: [&str; 2] = ["__path", "__err"];

/// Guards pages.
pub async fn refuse_foreign_answers(request: Request, next: Next) -> Response {
    match without_foreign_answer(&request) {
        Some(clean) => Redirect::to(&clean).into_response(),
        None => next.run(request).await,
    }
}

/// The address without an answer that did not come from one of our own forms.
fn without_foreign_answer(request: &Request) -> Option<String> {
    let query = request.uri().query()?;
    let is_answer = |name: &str| ANSWER.contains(&name);
    if from_here(request.headers()) || !parse(query.as_bytes()).any(|(name, _)| is_answer(&name)) {
        return None;
    }
    let kept = parse(query.as_bytes()).filter(|(name, _)| !is_answer(name));
    let query = Serializer::new(String::new()).extend_pairs(kept).finish();
    let path = local_path(request.uri().path());
    Some(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
}

/// Whether the browser says that the page before was ours. Browsers that do not say are believed.
fn from_here(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn a_sentence_from_a_foreign_link_is_taken_out_and_our_own_stays() {
        let request = |site: &'static str| {
            let address = "/requests/1?__path=%2Fapi&__err=abc&x=1";
            Request::builder().uri(address).header("sec-fetch-site", site).body(Body::empty()).unwrap()
        };
        assert_eq!(without_foreign_answer(&request("cross-site")).as_deref(), Some("/requests/1?x=1"));
        assert_eq!(without_foreign_answer(&request("none")).as_deref(), Some("/requests/1?x=1"));
        assert_eq!(without_foreign_answer(&request("same-origin")), None);
    }
}
