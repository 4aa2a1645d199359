//! The preview beside the list, and its part of the address.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use crate::api::preview::read_preview;
use crate::components::explore_preview::{PreviewPane, PreviewTab};
use crate::components::explore_selection::RowId;
use crate::components::explore_state::Search;
use crate::paths;
use crate::query::value_of;
use crate::ui::{Notice, NoticeTone, SkeletonRows};
use domain::subject::SubjectName;

/// What is looked at beside the list; the address holds exactly this besides the search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The subject in the preview.
    pub at: Option<RowId>,
    /// What is shown of it.
    pub tab: PreviewTab,
}

impl Look {
    fn of(value: impl Fn(&str) -> Option<String>) -> Self {
        let subject = value("at").and_then(|name| SubjectName::parse(name).ok());
        let at = subject.map(|subject| RowId { registry: value("of").unwrap_or_default(), subject });
        Self { at, tab: PreviewTab::of(value("tab").as_deref()) }
    }

    /// What the open address says.
    pub fn of_address() -> Memo<Self> {
        let url = use_url();
        Memo::new(move |_| url.with(|url| Self::of(|key| value_of(url.search(), key))))
    }

    /// The address of a search with this beside it.
    pub fn path(&self, search: &Search) -> String {
        let mut pairs = search.pairs();
        if let Some(at) = &self.at {
            pairs.extend([("at", at.subject.to_string()), ("of", at.registry.clone())]);
            if self.tab != PreviewTab::default() {
                pairs.push(("tab", self.tab.word().to_owned()));
            }
        }
        paths::with_query(paths::EXPLORE, &pairs)
    }
}

/// The pane; nothing while no subject is looked at.
#[component]
pub fn Beside(search: Memo<Search>, look: Memo<Look>) -> impl IntoView {
    let name = Memo::new(move |_| look.with(|look| look.at.as_ref().map(|at| at.subject.to_string())));
    let tab = Memo::new(move |_| look.with(|look| look.tab));
    let short = Resource::new(
        move || name.get(),
        |name| async move {
            match name {
                Some(name) => Some(read_preview(name).await),
                None => None,
            }
        },
    );
    let path_of =
        Callback::new(move |tab| search.with(|search| look.with(|look| Look { tab, ..look.clone() }.path(search))));
    let close = Signal::derive(move || search.with(Search::path));
    let content = move || {
        short.get().flatten().map(|answer| match answer {
            Ok(preview) => view! { <PreviewPane preview tab path_of close /> }.into_any(),
            Err(error) => view! { <Notice tone=NoticeTone::Bad text=error.to_string() /> }.into_any(),
        })
    };
    let open = Memo::new(move |_| name.with(Option::is_some));
    move || {
        open.get().then(|| {
            view! {
                <aside class="pane side-preview wide-only" aria-label="Preview">
                    <Transition fallback=|| view! { <SkeletonRows label="Reading the subject" rows=12 /> }>{content}</Transition>
                </aside>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_survives_its_address() {
        let at = RowId { registry: "eu".to_owned(), subject: SubjectName::parse(":.eu:a/b%?#ü\"&=+").unwrap() };
        let look = Look { at: Some(at), tab: PreviewTab::Versions };
        let search = Search { text: "order".to_owned(), ..Search::default() };
        let path = look.path(&search);
        let query = path.split_once('?').unwrap().1;
        assert_eq!(Look::of(|key| value_of(query, key)), look);
        assert_eq!(Search::of(|key| value_of(query, key)), search);
        assert_eq!(Look::default().path(&search), search.path());
    }
}
