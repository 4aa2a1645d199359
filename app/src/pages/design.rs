//! design page.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct DesignRoute;

#[lazy_route]
impl LazyRoute for DesignRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"DesignRoute"</h1> }.into_any()
    }
}
