//! The app, rendered natively. The one place that knows how Leptos does that without a server.

use interno::app::app;
use interno::content::Site;
use interno::pages::fragment::Fragment;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

/// What stands between `<body>` and `</body>` for a page.
pub fn body(path: &str, site: Site, fragment: Fragment) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(RequestUrl::new(path));
        provide_context(site);
        provide_context(fragment);
        app().to_html()
    });
    owner.cleanup();
    html
}
