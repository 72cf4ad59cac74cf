//! What the browser complains about.

use crate::{failure::Outcome, page::Page};

/// The errors since the last look, as the browser words them. Looking takes them away.
///
/// Chromium tells them through its log endpoint; Firefox will tell them through `BiDi`'s log
/// events, `WebKit` through a hook in the page.
pub async fn errors(page: &Page) -> Outcome<Vec<String>> {
    let entries = page.driver().browser_log().await?;
    Ok(entries
        .into_iter()
        .filter(|entry| entry.level == "SEVERE")
        .map(|entry| entry.message)
        .collect())
}
