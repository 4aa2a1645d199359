//! Who may do what, whole: each role, each action, each state, as author, as the one who asked, and as someone else.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails the test")]

use std::fmt::Write as _;

use domain::policy::{Action, Actor, Refusal, Role, UserName, may};
use domain::request::RequestState;
use domain::run::RunState;

fn name(text: &str) -> UserName {
    UserName(text.to_owned())
}

/// One row: the answers for the three roles, `yes` or the refusal's word.
fn row(table: &mut String, label: &str, action: Action<'_>) {
    write!(table, "{label:44}").unwrap();
    for role in Role::ALL {
        let actor = Actor { name: name("me"), role };
        let answer = match may(&actor, action) {
            Ok(()) => "yes".to_owned(),
            Err(refusal) => serde_json::to_value(refusal).unwrap().as_str().unwrap().to_owned(),
        };
        write!(table, " {answer:14}").unwrap();
    }
    table.truncate(table.trim_end().len());
    table.push('\n');
}

/// A table of rows under the roles' names.
fn table(rows: impl FnOnce(&mut String)) -> String {
    let mut table = format!("{:44} {:14} {:14} {}\n", "", "engineer", "analyst", "platform");
    rows(&mut table);
    table
}

/// Whose it is, from the one who acts.
fn owners() -> [(&'static str, UserName); 2] {
    [("mine", name("me")), ("another's", name("someone"))]
}

#[test]
fn everyone_reads_designs_and_submits_and_only_whoever_asked_or_the_platform_team_submits_again() {
    insta::assert_snapshot!(table(|t| {
        row(t, "read", Action::Read);
        row(t, "write a draft", Action::WriteDraft);
        row(t, "manage my tokens", Action::ManageOwnTokens);
        row(t, "manage my searches", Action::ManageOwnSearches);
        row(t, "submit a new request", Action::Submit { requester: None });
        for (whose, requester) in &owners() {
            row(t, &format!("submit a revision of {whose}"), Action::Submit { requester: Some(requester) });
        }
    }));
}

#[test]
fn only_the_platform_team_decides_and_never_on_what_it_wrote() {
    let authors = [
        ("by someone else", vec![name("someone")]),
        ("by me", vec![name("me")]),
        ("by someone and me", vec![name("someone"), name("me")]),
        ("by nobody", vec![]),
    ];
    insta::assert_snapshot!(table(|t| {
        for (whose, authors) in &authors {
            for state in RequestState::ALL {
                row(t, &format!("decide {whose}, {}", state.word()), Action::Decide { authors, state });
            }
        }
    }));
}

#[test]
fn a_request_is_withdrawn_while_it_is_open_by_whoever_asked_or_the_platform_team() {
    insta::assert_snapshot!(table(|t| {
        for (whose, requester) in &owners() {
            for state in RequestState::ALL {
                row(t, &format!("withdraw {whose}, {}", state.word()), Action::Withdraw { requester, state });
            }
        }
    }));
}

#[test]
fn a_run_is_retried_while_it_is_stuck_and_cancelled_until_it_is_over() {
    insta::assert_snapshot!(table(|t| {
        for (whose, requester) in &owners() {
            for state in RunState::ALL {
                row(t, &format!("retry {whose}, {}", state.word()), Action::RetryRun { requester, state });
            }
            for state in RunState::ALL {
                row(t, &format!("cancel {whose}, {}", state.word()), Action::CancelRun { requester, state });
            }
        }
    }));
}

#[test]
fn names_are_compared_to_the_letter() {
    let actor = Actor { name: name("Ann"), role: Role::Engineer };
    for other in ["ann", "Ann ", "Änn", ""] {
        let requester = name(other);
        let action = Action::Withdraw { requester: &requester, state: RequestState::InReview };
        assert_eq!(may(&actor, action), Err(Refusal::NotYours), "{other:?}");
    }
}

#[test]
fn every_refusal_says_why_in_a_sentence() {
    use Refusal as R;
    let all = [R::NotPlatform, R::OwnWork, R::NotInReview, R::NotYours, R::Decided, R::NotStuck, R::RunOver];
    insta::assert_snapshot!(all.map(|refusal| refusal.to_string()).join("\n"), @r"
    Only the platform team decides on requests.
    You wrote part of this revision, so someone else has to decide on it.
    This request is not in review, so there is nothing to decide.
    Only the person who asked, or the platform team, may do this.
    This request is decided already, so it cannot be withdrawn.
    No step of this run has failed, so there is nothing to try again.
    This run is over, so it cannot be cancelled.
    ");
}

#[test]
fn roles_are_read_back_from_their_words() {
    for role in Role::ALL {
        assert_eq!(Role::from_word(role.word()), Some(role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.word());
    }
    assert_eq!(Role::from_word("admin"), None);
}
