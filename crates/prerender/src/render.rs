//! The app, rendered natively. The one place that knows how Leptos does that without a server.

use std::sync::Once;

use futures_util::StreamExt as _;
use interno::app::App;
use interno::content::Site;
use interno::pages::fragment::Fragment;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

static EXECUTOR: Once = Once::new();

/// What stands between `<body>` and `</body>` for a page.
pub fn body(path: &str, site: Site, fragment: Fragment) -> String {
    EXECUTOR.call_once(|| {
        // Only fails when one is set already, which is as good.
        let _ = any_spawner::Executor::init_tokio();
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let Ok(runtime) = runtime else {
        return String::new();
    };
    runtime.block_on(async {
        let owner = Owner::new_root(None);
        let chunks = owner.with(|| {
            provide_context(RequestUrl::new(path));
            provide_context(site);
            provide_context(fragment);
            view! { <App/> }.to_html_stream_in_order()
        });
        let html: String = chunks.collect().await;
        owner.cleanup();
        html
    })
}
