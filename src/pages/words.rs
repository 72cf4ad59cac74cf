//! The words of the other language, for whoever asks for it.

use crate::i18n::Locale;
use crate::platform::network::{self, Method, Request};

/// Learns the words of a language, if they are not known yet. `None` where their file did not come.
pub async fn learn(locale: Locale) -> Option<()> {
    if locale.is_known() {
        return Some(());
    }
    let answer = network::send(Request {
        method: Method::Get,
        url: locale.words_file().to_owned(),
        headers: Vec::new(),
        body: None,
        fresh: false,
        timeout_ms: 10_000,
    })
    .await
    .ok()?;
    if answer.status != 200 {
        return None;
    }
    locale.learn(answer.body.leak());
    Some(())
}
