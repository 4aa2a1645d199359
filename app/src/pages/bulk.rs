//! Many events at once: a report of what would become of each, the preset that they all get, and the one button that asks for them.

use leptos::prelude::*;
use leptos_router::hooks::use_url;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::bulk::{BulkSubmit, Picked, report_many};
use crate::components::bulk_report::{BulkReportView, Meant};
use crate::components::page_title::PageTitle;
use crate::components::problem::Problem;
use crate::query::{value_of, values_of};
use crate::ui::SkeletonRows;

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct BulkRoute;

#[lazy_route]
impl LazyRoute for BulkRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <BulkPage /> }.into_any()
    }
}

/// The page.
#[component]
fn BulkPage() -> impl IntoView {
    let url = use_url();
    let meant = Memo::new(move |_| {
        url.with(|url| Meant::of(|key| value_of(url.search(), key), |key| values_of(url.search(), key)))
    });
    let submit = ServerAction::<BulkSubmit>::new();
    let done = submit.version();
    let report = Resource::new(
        move || (meant.get(), done.get()),
        |(meant, _)| async move { report_many(picked(&meant), meant.preset.clone()).await },
    );
    let retry = Callback::new(move |()| report.refetch());
    let content = move || {
        report.get().map(|answer| match answer {
            Ok(view) => view! { <BulkReportView meant=meant.get_untracked() view submit /> }.into_any(),
            Err(error) => view! { <Problem error retry /> }.into_any(),
        })
    };
    view! {
        <PageTitle text=Signal::derive(|| "Onboard many".to_owned()) />
        <Transition fallback=|| view! { <SkeletonRows label="Rendering each event" rows=12 /> }>{content}</Transition>
    }
}

fn picked(meant: &Meant) -> Picked {
    let subjects = if meant.search.is_some() { &meant.but } else { &meant.subjects };
    Picked { subjects: subjects.join("\n"), search: meant.search.as_ref().map(|search| search.request(0, 1)) }
}
