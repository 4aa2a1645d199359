//! Light, dark, or what the system says: a form that works without JavaScript, and at once with it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::{Glyph, Icon, IconSize};

/// What a person chose; `System` follows the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
    #[default]
    System,
}

impl Theme {
    /// The word in the cookie `theme` and in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// The choice that a cookie or a form names; anything else means the system's.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The value of `data-theme` on the root element; none lets the style sheet follow the system.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light | Self::Dark => Some(self.as_str()),
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light theme",
            Self::Dark => "Dark theme",
            Self::System => "Theme of the system",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Light => Glyph::Sun,
            Self::Dark => Glyph::Moon,
            Self::System => Glyph::Monitor,
        }
    }
}

/// Three buttons. The form posts `theme` and `return_to` to `action`, which sets the cookie and redirects back.
#[component]
pub fn ThemeSwitch(
    #[prop(optional)] current: Theme,
    #[prop(into, default = "/preferences/theme".to_owned())] action: String,
    #[prop(into, optional)] return_to: Option<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(current);
    let button = move |theme: Theme| {
        let choose = move |event: MouseEvent| {
            event.prevent_default();
            chosen.set(theme);
            apply(theme);
        };
        view! {
            <button
                class="btn btn-sm btn-icon"
                name="theme"
                value=theme.as_str()
                aria-label=theme.label()
                title=theme.label()
                aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                on:click=choose
            >
                <Icon glyph=theme.glyph() size=IconSize::Small />
            </button>
        }
    };
    view! {
        <form method="post" action=action>
            {return_to.map(|path| view! { <input type="hidden" name="return_to" value=path /> })}
            <div class="btn-group" role="group" aria-label="Theme">
                {[Theme::Light, Theme::Dark, Theme::System].map(button).collect_view()}
            </div>
        </form>
    }
    .into_any()
}

/// The cookie is not HttpOnly on purpose: it holds no secret, and this saves a round trip.
fn apply(theme: Theme) {
    let document = document();
    if let Some(root) = document.document_element() {
        // Neither call fails: the attribute's name is a valid one.
        let _done = match theme.attribute() {
            Some(value) => root.set_attribute("data-theme", value),
            None => root.remove_attribute("data-theme"),
        };
    }
    if let Ok(html) = document.dyn_into::<web_sys::HtmlDocument>() {
        let word = theme.as_str();
        // A browser that refuses cookies still shows the theme until the page is left.
        let _kept = html.set_cookie(&format!("theme={word}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn a_theme_reads_back_from_its_word_and_strangers_mean_the_system() {
        for theme in [Theme::Light, Theme::Dark, Theme::System] {
            assert_eq!(Theme::parse(theme.as_str()), theme);
        }
        assert_eq!(Theme::parse("\"><script>"), Theme::System);
        assert_eq!(Theme::parse("").attribute(), None);
    }
}
