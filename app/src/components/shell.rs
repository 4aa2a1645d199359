//! The frame around every page: skip link, navigation, account menu, and the bar at the thumb of narrow windows.

use leptos::html::Main;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::account::Account;
use crate::api::ApiError;
use crate::api::session::{Surroundings, session};
use crate::paths;
use crate::ui::{BrandMark, Glyph, Icon, grouped};

/// Who is signed in and what is around, fetched once for shell and pages.
#[derive(Clone, Copy)]
pub struct SessionResource(pub Resource<Result<Surroundings, ApiError>>);

/// A place of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Explore,
    Designs,
    Requests,
    Runs,
    Events,
}

impl Section {
    const ALL: [Self; 5] = [Self::Explore, Self::Designs, Self::Requests, Self::Runs, Self::Events];

    const fn label(self) -> &'static str {
        match self {
            Self::Explore => "Explore",
            Self::Designs => "Designs",
            Self::Requests => "Requests",
            Self::Runs => "Runs",
            Self::Events => "Events",
        }
    }

    const fn href(self) -> &'static str {
        match self {
            Self::Explore => paths::EXPLORE,
            Self::Designs => paths::DESIGNS,
            Self::Requests => paths::REQUESTS,
            Self::Runs => paths::RUNS,
            Self::Events => paths::EVENTS,
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Explore => Glyph::Search,
            Self::Designs => Glyph::Table,
            Self::Requests => Glyph::Inbox,
            Self::Runs => Glyph::Workflow,
            Self::Events => Glyph::Activity,
        }
    }

    /// `page` for the section's own page, `true` for a page inside it.
    fn current(self, path: &str) -> Option<&'static str> {
        if path == self.href() {
            return Some("page");
        }
        let inside = match self {
            Self::Explore => path == "/subject",
            _ => path.strip_prefix(self.href()).is_some_and(|rest| rest.starts_with('/')),
        };
        inside.then_some("true")
    }
}

/// The classes of `<main>`: pages that are made of panes fill the window on wide screens, Explore on narrow ones too.
fn frame_class(path: &str) -> &'static str {
    let panes = path == "/subject"
        || [paths::DESIGNS, paths::REQUESTS]
            .iter()
            .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1));
    match path {
        paths::EXPLORE => "page fit fit-phone",
        _ if panes => "page fit",
        _ => "page",
    }
}

/// The frame.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = Resource::new(|| (), |()| session());
    provide_context(SessionResource(session));
    let path = use_location().pathname;
    let main = NodeRef::<Main>::new();
    follow_navigation(path, main);
    let waiting = waiting_count(session, path);
    let navigable = Memo::new(move |_| path.get() != paths::SIGN_IN);
    view! {
        // Left to the browser, which moves the focus as well; the router would only scroll.
        <a class="skip-link btn" href="#main" rel="external">
            "Skip to the content"
        </a>
        <header class="topbar">
            <a class="brand" href=paths::EXPLORE>
                <BrandMark />
                "Sluicegate"
            </a>
            <Show when=move || navigable.get()>
                <TopNavigation path waiting />
            </Show>
            <span class="grow"></span>
            <Account session />
        </header>
        <main id="main" class=move || frame_class(&path.get()) tabindex="-1" node_ref=main>
            {children()}
        </main>
        <Show when=move || navigable.get()>
            <BottomNavigation path waiting />
        </Show>
    }
    .into_any()
}

/// After a page change without a load, the focus goes where a load would have put it: the beginning of the page.
fn follow_navigation(path: Memo<String>, main: NodeRef<Main>) {
    Effect::watch(
        move || path.get(),
        move |_, _, _| {
            if let Some(main) = main.get_untracked() {
                // A page without focus can still be read.
                let _focused = main.focus();
            }
        },
        false,
    );
}

/// How many requests wait for this person; asked again when another page is opened, without disturbing that page.
fn waiting_count(first: Resource<Result<Surroundings, ApiError>>, path: Memo<String>) -> Signal<usize> {
    let again = Action::new(|(): &()| session());
    Effect::watch(
        move || path.get(),
        move |_, _, _| {
            again.dispatch(());
        },
        false,
    );
    Signal::derive(move || {
        let newest = again.value().get().or_else(|| first.get());
        newest.and_then(Result::ok).map_or(0, |session| session.to_review)
    })
}

#[component]
fn TopNavigation(path: Memo<String>, waiting: Signal<usize>) -> impl IntoView {
    let link = move |section: Section| {
        view! {
            <a href=section.href() aria-current=move || section.current(&path.get())>
                {section.label()}
                {(section == Section::Requests).then(|| view! { <Waiting waiting class="nav-count" /> })}
            </a>
        }
    };
    view! {
        <nav class="nav" aria-label="Main">
            {Section::ALL.map(link).into_iter().collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn BottomNavigation(path: Memo<String>, waiting: Signal<usize>) -> impl IntoView {
    let link = move |section: Section| {
        view! {
            <a href=section.href() aria-current=move || section.current(&path.get())>
                <Icon glyph=section.glyph() />
                <span>{section.label()}</span>
                {(section == Section::Requests)
                    .then(|| {
                        view! {
                            <b>
                                <Waiting waiting class="" />
                            </b>
                        }
                    })}
            </a>
        }
    };
    view! {
        <nav class="bottombar" aria-label="Main, bottom">
            {Section::ALL.map(link).into_iter().collect_view()}
        </nav>
    }
    .into_any()
}

/// The count beside Requests; nothing when nothing waits.
#[component]
fn Waiting(waiting: Signal<usize>, class: &'static str) -> impl IntoView {
    let count = move || {
        let count = waiting.get();
        (count > 0).then(|| {
            view! {
                <span class=class>
                    {grouped(u64::try_from(count).unwrap_or(u64::MAX))} <span class="sr-only">" to review"</span>
                </span>
            }
        })
    };
    view! { <Suspense>{count}</Suspense> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn current(path: &str) -> Vec<(Section, &'static str)> {
        Section::ALL.into_iter().filter_map(|section| section.current(path).map(|word| (section, word))).collect()
    }

    #[test]
    fn every_page_lies_in_one_section_at_most() {
        let cases = [
            ("/", Some((Section::Explore, "page"))),
            ("/subject", Some((Section::Explore, "true"))),
            ("/designs/3/review", Some((Section::Designs, "true"))),
            ("/requests", Some((Section::Requests, "page"))),
            ("/runs/7", Some((Section::Runs, "true"))),
            ("/events", Some((Section::Events, "page"))),
            ("/eventsx", None),
            ("/tokens", None),
        ];
        for (path, section) in cases {
            assert_eq!(current(path), section.into_iter().collect::<Vec<_>>(), "{path}");
        }
    }

    #[test]
    fn only_pages_made_of_panes_fill_the_window() {
        let cases = [
            ("/", "page fit fit-phone"),
            ("/subject", "page fit"),
            ("/designs", "page"),
            ("/designs/3", "page fit"),
            ("/requests", "page"),
            ("/requests/", "page"),
            ("/requests/12", "page fit"),
            ("/runs/7", "page"),
        ];
        for (path, class) in cases {
            assert_eq!(frame_class(path), class, "{path}");
        }
    }
}
