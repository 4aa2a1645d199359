//! A request's whole life as a table: what each event does in each state, and the sentence where it does nothing.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails the test")]

use std::fmt::Write as _;

use domain::request::{MAX_REASON_CHARS, RequestEvent, RequestState, Verdict, reason};

/// The word that the store and the wire have for an event.
fn word(event: RequestEvent) -> String {
    serde_json::to_value(event).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_event_in_every_state_leads_where_it_should() {
    let mut table = format!("{:18}", "");
    for event in RequestEvent::ALL {
        write!(table, " {:17}", word(event)).unwrap();
    }
    for state in RequestState::ALL {
        write!(table, "\n{:18}", state.word()).unwrap();
        for event in RequestEvent::ALL {
            write!(table, " {:17}", state.after(event).map_or("-", RequestState::word)).unwrap();
        }
    }
    insta::assert_snapshot!(table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_event_that_does_not_fit_has_its_sentence() {
    let refused = |state: RequestState| {
        RequestEvent::ALL
            .into_iter()
            .filter_map(move |event| state.after(event).err())
            .map(|refusal| refusal.to_string())
    };
    insta::assert_snapshot!(RequestState::ALL.into_iter().flat_map(refused).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_request_that_is_over_stays_as_it_is() {
    use RequestState as S;
    for state in [S::Rejected, S::Withdrawn, S::Live, S::Cancelled] {
        assert!(!state.is_open());
        for event in RequestEvent::ALL {
            assert!(state.after(event).is_err(), "{state:?} {event:?}");
        }
    }
}

#[test]
fn words_of_states_and_verdicts_are_read_back_and_are_those_of_the_wire() {
    for state in RequestState::ALL {
        assert_eq!(RequestState::from_word(state.word()), Some(state));
        assert_eq!(serde_json::to_value(state).unwrap(), state.word());
    }
    for verdict in Verdict::ALL {
        assert_eq!(Verdict::from_word(verdict.word()), Some(verdict));
        assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.word());
    }
    for other in ["", "IN_REVIEW", "in review", "approved ", "approve"] {
        assert_eq!(RequestState::from_word(other), None, "{other:?}");
    }
}

#[test]
fn a_verdict_does_to_a_request_in_review_what_it_is_called() {
    let after = Verdict::ALL.map(|verdict| RequestState::InReview.after(verdict.event()).unwrap());
    assert_eq!(after, [RequestState::Approved, RequestState::ChangesRequested, RequestState::Rejected]);
}

#[test]
fn a_reason_is_needed_unless_it_is_an_approval_and_blanks_are_none() {
    for verdict in Verdict::ALL {
        for blank in ["", "   ", "\n\t", "\u{a0}"] {
            assert_eq!(reason(verdict, blank).is_ok(), verdict == Verdict::Approve, "{verdict:?} {blank:?}");
        }
        assert_eq!(reason(verdict, "  The topic's name is taken. \n").unwrap(), "The topic's name is taken.");
    }
}

#[test]
fn a_reason_is_measured_in_characters() {
    let longest = "ü".repeat(MAX_REASON_CHARS);
    assert_eq!(reason(Verdict::Reject, &longest).unwrap(), longest);
    let sentence = reason(Verdict::Approve, &format!("{longest}!")).unwrap_err();
    assert_eq!(sentence, "A reason can have 4000 characters; this one has 4001.");
}
