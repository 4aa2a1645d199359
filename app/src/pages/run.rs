//! run page.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RunRoute;

#[lazy_route]
impl LazyRoute for RunRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"RunRoute"</h1> }.into_any()
    }
}
