//! What Leptos' forms without scripts leave open: a refused form goes back to wherever the `Referer` says, and shows whatever sentence
//! stands in the address. Here a redirect never leaves this console, and a sentence from another site's link is taken out.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use url::form_urlencoded::{Serializer, parse};

use crate::auth::forms::local_path;

/// The query parameters that carry a refused form's answer.
const ANSWER: [&str; 2] = ["__path", "__err"];

/// Guards pages and server functions.
pub async fn guard(request: Request, next: Next) -> Response {
    if let Some(clean) = without_foreign_answer(&request) {
        return Redirect::to(&clean).into_response();
    }
    let host = request.headers().get(header::HOST).cloned();
    let mut response = next.run(request).await;
    if let Some(location) = response.headers().get(header::LOCATION).and_then(|l| l.to_str().ok()) {
        let here = stay_here(location, host.as_ref());
        if let Ok(value) = HeaderValue::from_str(&here) {
            response.headers_mut().insert(header::LOCATION, value);
        }
    }
    response
}

/// The path of the location if it is this host's, else the first page.
fn stay_here(location: &str, host: Option<&HeaderValue>) -> String {
    let Ok(url) = url::Url::parse(location) else { return local_path(location).to_owned() };
    let authority = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let same = matches!(url.scheme(), "http" | "https") && url.authority() == authority;
    if same { url[url::Position::BeforePath..].to_owned() } else { app::paths::EXPLORE.to_owned() }
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
    fn a_redirect_stays_on_this_host() {
        let host = HeaderValue::from_static("127.0.0.1:3000");
        for foreign in
            ["https://evil.example/x", "//evil.example", "javascript:alert(1)", "http://127.0.0.1:3001/", "/\\evil"]
        {
            assert_eq!(stay_here(foreign, Some(&host)), "/", "{foreign}");
        }
        assert_eq!(stay_here("http://127.0.0.1:3000/requests/1?a=b", Some(&host)), "/requests/1?a=b");
        assert_eq!(stay_here("/runs/3", Some(&host)), "/runs/3");
    }

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
