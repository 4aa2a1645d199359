//! What a page offers is what the server does, for every person and every state: a button that can be pressed is never refused, and what
//! would be refused is not offered, or says why with the server's own sentence.

use serde_json::Value;

use crate::answer::Answer;
use crate::html::{Tag, tags, text};
use crate::stage::{Call, Stage};

const CASES: [&str; 11] = [
    "cancel-run of engineer",
    "cancel-run that is over",
    "decide on engineer's",
    "decide on platform-1's",
    "decide on a shared draft's",
    "retry-run of engineer",
    "retry-run that runs",
    "revise engineer's",
    "revise what is decided",
    "withdraw engineer's",
    "withdraw what is decided",
];

/// Those whose button is shown to everybody while there is something to do, so that the page has to say why not.
const SAY_WHY: [&str; 5] = [
    "cancel-run of engineer",
    "decide on engineer's",
    "decide on platform-1's",
    "decide on a shared draft's",
    "retry-run of engineer",
];

fn page_of(call: &Call) -> String {
    let place = if call.path().ends_with("-run") { "runs" } else { "requests" };
    format!("/{place}/{}", call.id())
}

/// Whether the page has a form for the call with a button that can be pressed.
fn offers(page: &Answer, call: &Call) -> bool {
    let tags = tags(&page.body);
    let Some(at) = tags.iter().position(|tag| tag.name == "form" && tag.attribute("action") == Some(call.path()))
    else {
        return false;
    };
    let form = tags[at + 1..].iter().take_while(|tag| tag.name != "form");
    let pressable = |tag: &Tag| {
        let kept_back = tag.attribute("aria-disabled") == Some("true") || tag.attribute("disabled").is_some();
        tag.name == "button" && !kept_back
    };
    form.into_iter().any(pressable)
}

fn sentence(refusal: &Answer) -> String {
    let error: Value = serde_json::from_str(&refusal.body).unwrap();
    error.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_page_offers_what_the_server_does_and_nothing_else() {
    let stage = Stage::new().await;
    for name in ["engineer", "analyst", "platform-1", "platform-2"] {
        let person = stage.world.acting(name).await;
        for case in CASES {
            let call = stage.call(case).await;
            let page = person.get(&page_of(&call)).await;
            assert_eq!(page.status, 200);
            let offered = offers(&page, &call);
            let answer = call.by(&person).await;
            assert_eq!(offered, answer.status == 200, "{case} as {name}: the server says {}", answer.body);
            if !offered && SAY_WHY.contains(&case) {
                let sentence = sentence(&answer);
                assert!(text(&page.body).contains(&sentence), "{case} as {name}: {sentence}");
            }
        }
    }
}
