//! The decision on a request: who may decide, why you may not, and the form's fields.

use domain::policy::{Actor, Role, UserName};
use domain::request::{MAX_REASON_CHARS, RequestId, RequestState, RequestView, Verdict};
use leptos::prelude::*;

use super::activity::verdict_word;
use super::person::Avatar;
use crate::api::ApiError;
use crate::ui::{Button, ButtonVariant, Reason, Tag, TagTone, TextArea};

/// How a person stands to the newest revision.
#[derive(Debug, PartialEq, Eq)]
enum Stand {
    /// May decide.
    May,
    /// Wrote a part of it.
    Author,
    /// Is not of the platform team.
    Outside,
    /// Decided; on which revision, and whether that is the newest.
    Decided(Verdict, u32, bool),
    /// There is nothing to decide.
    Idle,
}

/// The people who decide, and you.
#[component]
pub fn Reviewers(view: RequestView, people: Vec<Actor>, me: Actor) -> impl IntoView {
    let item = |(name, stand): (String, Stand)| {
        view! {
            <li>
                <Avatar name=name.clone() />
                <span>{if name == me.name.0 { "You".to_owned() } else { name.clone() }}</span>
                <StandNote stand />
            </li>
        }
    };
    let listed = reviewers(&view, &people, &me);
    view! {
        <ul class="people">{listed.into_iter().map(item).collect_view()}</ul>
        <p class="mt-2 text-xs text-muted">"The platform team decides; whoever wrote a part of a revision may not."</p>
    }
    .into_any()
}

#[component]
fn StandNote(stand: Stand) -> impl IntoView {
    let plain = |text: &'static str| view! { <span class="text-faint">{text}</span> }.into_any();
    match stand {
        Stand::May => plain("may decide"),
        Stand::Author => plain("author"),
        Stand::Outside => plain("may not decide"),
        Stand::Idle => plain(""),
        Stand::Decided(verdict, revision, newest) => {
            let tone = match verdict {
                _ if !newest => TagTone::Warn,
                Verdict::Approve => TagTone::Ok,
                Verdict::RequestChanges => TagTone::Warn,
                Verdict::Reject => TagTone::Bad,
            };
            let stale = if newest { "" } else { ", stale" };
            view! { <Tag text=format!("{} r{revision}{stale}", verdict_word(verdict)) tone /> }.into_any()
        }
    }
}

/// The platform team as far as it is known, everyone who decided, and the reader last.
fn reviewers(view: &RequestView, people: &[Actor], me: &Actor) -> Vec<(String, Stand)> {
    let team = people.iter().filter(|person| person.role == Role::Platform).map(|person| person.name.clone());
    let mut names: Vec<UserName> = Vec::new();
    for name in team.chain(view.decisions.iter().map(|decision| decision.by.clone())) {
        if name != me.name && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut listed: Vec<_> = names.iter().map(|name| (name.0.clone(), stand_of(view, name, true))).collect();
    listed.push((me.name.0.clone(), stand_of(view, &me.name, me.role == Role::Platform)));
    listed
}

fn stand_of(view: &RequestView, name: &UserName, platform: bool) -> Stand {
    let decided = view.decisions.iter().rev().find(|decision| decision.by == *name);
    match decided {
        Some(decision) => {
            Stand::Decided(decision.verdict, decision.revision, decision.revision == view.revision.number)
        }
        None if view.revision.authors.contains(name) => Stand::Author,
        None if !platform => Stand::Outside,
        None if view.request.state == RequestState::InReview => Stand::May,
        None => Stand::Idle,
    }
}

/// The fields of the decision's form. The buttons send the verdict; `reason` keeps what was typed when the server refuses, and
/// `obstacle` says why it cannot be approved, whoever decides.
#[component]
pub fn VerdictFields(
    id: RequestId,
    digest: String,
    reason: RwSignal<String>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] problem: Signal<Option<ApiError>>,
    #[prop(into)] obstacle: Option<String>,
) -> impl IntoView {
    let in_field = move || match problem.get() {
        Some(ApiError::Invalid(sentence)) => Some(sentence),
        _ => None,
    };
    // A second press while the first is on its way would be refused with a puzzling sentence.
    let hold = Signal::derive(move || busy.get().then(|| "The decision is on its way.".to_owned()));
    let blocked = obstacle.clone();
    let button = move |verdict: Verdict, label: &'static str, variant: ButtonVariant, class: &'static str| {
        // Whatever keeps it from being approved, it can be sent back or rejected.
        let blocked = blocked.clone().filter(|_| verdict == Verdict::Approve);
        let reason = Signal::derive(move || blocked.clone().or_else(|| hold.get()));
        view! {
            <Button
                id=verdict.word()
                label
                variant
                class
                submit=true
                name="verdict"
                value=verdict.word()
                reason
                reason_elsewhere=true
            />
        }
    };
    view! {
        <div class="grid gap-2">
            <input type="hidden" name="id" value=id.0.to_string() />
            <input type="hidden" name="digest" value=digest />
            <TextArea
                id="reason"
                name="reason"
                label="Reason"
                hint="Needed to ask for changes and to reject. The author reads it."
                value=reason
                on_input=Callback::new(move |text| reason.set(text))
                error=Signal::derive(in_field)
                max_length=u32::try_from(MAX_REASON_CHARS).unwrap_or(u32::MAX)
                many_answers=true
            />
            {button(Verdict::Approve, "Approve and launch", ButtonVariant::Primary, "btn-full")}
            {obstacle.map(|text| view! { <Reason button_id=Verdict::Approve.word() text /> })}
            <div class="grid grid-cols-2 gap-2">
                {button(Verdict::RequestChanges, "Ask for changes", ButtonVariant::Plain, "btn-full")}
                {button(Verdict::Reject, "Reject", ButtonVariant::Danger, "btn-full")}
            </div>
        </div>
    }
    .into_any()
}

/// The button that is refused, with its sentence.
#[component]
pub fn RefusedVerdict(#[prop(into)] reason: String) -> impl IntoView {
    view! {
        <div class="grid gap-2">
            <Button id="approve" label="Approve and launch" class="btn-full" reason />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::super::request_fixture::{decided, in_review};
    use super::*;

    fn person(name: &str, role: Role) -> Actor {
        Actor { name: UserName(name.to_owned()), role }
    }

    #[test]
    fn the_list_says_who_may_decide_and_ends_with_the_reader() {
        let team = [
            person("engineer", Role::Engineer),
            person("platform-1", Role::Platform),
            person("platform-2", Role::Platform),
        ];
        let mut view = in_review(2);
        view.decisions = vec![decided(1, Verdict::RequestChanges, "x")];
        let read = reviewers(&view, &team, &team[0]);
        assert_eq!(
            read,
            [
                ("platform-1".to_owned(), Stand::Decided(Verdict::RequestChanges, 1, false)),
                ("platform-2".to_owned(), Stand::May),
                ("engineer".to_owned(), Stand::Author),
            ]
        );
        let analyst = reviewers(&view, &[], &person("analyst", Role::Analyst));
        assert_eq!(analyst.last().unwrap(), &("analyst".to_owned(), Stand::Outside));
    }
}
