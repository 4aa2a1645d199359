//! Buttons and links that look like them. A refused button keeps its place and the focus, and says why in a sentence that it is bound to.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// What a button means: one `Primary` per view at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    Primary,
    #[default]
    Plain,
    Ghost,
    Danger,
}

/// 28 px, or 24 px inside a pane head or a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    #[default]
    Normal,
    Small,
}

fn classes(variant: ButtonVariant, size: ButtonSize, icon_only: bool, extra: &str) -> String {
    let variant = match variant {
        ButtonVariant::Primary => " btn-primary",
        ButtonVariant::Plain => "",
        ButtonVariant::Ghost => " btn-ghost",
        ButtonVariant::Danger => " btn-danger",
    };
    let size = match size {
        ButtonSize::Normal => "",
        ButtonSize::Small => " btn-sm",
    };
    let shape = if icon_only { " btn-icon" } else { "" };
    let gap = if extra.is_empty() { "" } else { " " };
    format!("btn{variant}{size}{shape}{gap}{extra}")
}

/// A button. `label` is its accessible name and is shown unless `icon_only`. Give it a `reason` to refuse it: the button then does
/// nothing, not even without JavaScript, and is described by the sentence; the binding needs an `id` that is unique on the page.
/// With `reason_elsewhere` the caller places `Reason` under the same id.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(optional)] variant: ButtonVariant,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] icon_only: bool,
    #[prop(optional)] submit: bool,
    #[prop(into, optional)] class: &'static str,
    #[prop(into, optional)] name: Option<&'static str>,
    #[prop(into, optional)] value: Option<String>,
    #[prop(into, optional)] reason: MaybeProp<String>,
    #[prop(optional)] reason_elsewhere: bool,
    #[prop(into, optional)] pressed: MaybeProp<bool>,
    #[prop(optional)] on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let refused = move || reason.get().is_some();
    let reason_id = id.as_deref().map(reason_id);
    let described = reason_id.clone();
    let size_of_icon = if size == ButtonSize::Small || !icon_only { IconSize::Small } else { IconSize::Normal };
    let click = move |event: MouseEvent| {
        if reason.get_untracked().is_some() {
            event.prevent_default();
        } else if let Some(callback) = on_click {
            callback.run(event);
        }
    };
    view! {
        <button
            id=id
            type=move || if submit && !refused() { "submit" } else { "button" }
            class=classes(variant, size, icon_only, class)
            name=name
            value=value
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
            aria-disabled=move || refused().then_some("true")
            aria-describedby=move || described.clone().filter(|_| refused())
            aria-pressed=move || pressed.get().map(|on| if on { "true" } else { "false" })
            on:click=click
        >
            {icon.map(|glyph| view! { <Icon glyph size=size_of_icon /> })}
            {move || (!icon_only).then(|| label.get())}
        </button>
        {move || {
            reason
                .get()
                .filter(|_| !reason_elsewhere)
                .map(|text| view! { <ReasonLine id=reason_id.clone() text /> })
        }}
    }
    .into_any()
}

fn reason_id(id: &str) -> String {
    format!("{id}-reason")
}

/// The sentence that says why the button with this `button_id` is refused, for a place of the caller's choice.
#[component]
pub fn Reason(#[prop(into)] button_id: String, #[prop(into)] text: String) -> impl IntoView {
    view! { <ReasonLine id=Some(reason_id(&button_id)) text /> }.into_any()
}

#[component]
fn ReasonLine(id: Option<String>, text: String) -> impl IntoView {
    view! {
        <p id=id class="reason">
            <Icon glyph=Glyph::Lock size=IconSize::Small />
            <span>{text}</span>
        </p>
    }
    .into_any()
}

/// A link that looks like a button, because it leads somewhere and can be opened in a new tab.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] variant: ButtonVariant,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] icon_only: bool,
    #[prop(into, optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <a
            href=move || href.get()
            class=classes(variant, size, icon_only, class)
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
        >
            {icon.map(|glyph| view! { <Icon glyph size=IconSize::Small /> })}
            {move || (!icon_only).then(|| label.get())}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approve(reason: Option<String>) -> String {
        Owner::new().with(|| view! { <Button label="Approve".to_owned() id="approve" submit=true reason /> }.to_html())
    }

    #[test]
    fn a_refused_button_cannot_submit_and_is_bound_to_its_reason() {
        let html = approve(Some("You wrote this revision.".to_owned()));
        for part in [
            "type=\"button\"",
            "aria-disabled=\"true\"",
            "aria-describedby=\"approve-reason\"",
            "id=\"approve-reason\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("You wrote this revision."), "{html}");
    }

    #[test]
    fn a_button_without_a_reason_submits() {
        let html = approve(None);
        assert!(html.contains("type=\"submit\""), "{html}");
        assert!(!html.contains("aria-disabled") && !html.contains("approve-reason"), "{html}");
    }
}
