//! review page.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct ReviewRoute;

#[lazy_route]
impl LazyRoute for ReviewRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"ReviewRoute"</h1> }.into_any()
    }
}
