//! A button that saves a text as a file, made in the page itself and not shown before the page can do it.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};

use super::{Glyph, Icon, IconSize};

/// Saves `text` as a file of this name; `label` says what, as in "Download the table".
#[component]
pub fn DownloadButton(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] file_name: Signal<String>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let save = move |_| {
        if let Err(error) = save_as(&text.get_untracked(), &file_name.get_untracked()) {
            leptos::logging::error!("The file was not saved: {error:?}");
        }
    };
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-icon btn-sm needs-script"
            aria-label=label.clone()
            title=label
            on:click=save
        >
            <Icon glyph=Glyph::Download size=IconSize::Small />
        </button>
    }
    .into_any()
}

fn save_as(text: &str, file_name: &str) -> Result<(), JsValue> {
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let parts = leptos::web_sys::js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.dyn_into::<web_sys::HtmlAnchorElement>()?;
    link.set_href(&address);
    link.set_download(file_name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
