//! Speaking HTTP. One request, one answer or none; what they mean is decided elsewhere.

/// A request to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: String,
    /// Headers beside the content type.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON body.
    pub body: Option<String>,
    /// Whether the browser must ask the server even if it remembers an answer.
    pub fresh: bool,
    /// How long to wait for the whole answer, in milliseconds.
    pub timeout_ms: u32,
}

/// The methods the site uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reading.
    Get,
    /// Making something, or ending it.
    Post,
    /// Giving something up.
    Delete,
    /// Changing a part of something.
    Patch,
}

/// An answer that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header in seconds, if it is a number.
    pub retry_after: Option<u32>,
    /// The `Date` header, milliseconds since 1970 UTC, if a page may read it.
    pub server_ms: Option<i64>,
    /// The body, as text.
    pub body: String,
}

/// No answer came: no network, refused by the browser, or too slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer;

/// Sends a request. While prerendering there is no network and no answer.
///
/// # Errors
/// [`NoAnswer`] when nothing came back in time; whether the server acted is then unknown.
pub async fn send(request: Request) -> Result<Answer, NoAnswer> {
    #[cfg(target_arch = "wasm32")]
    return browser::send(request).await.ok_or(NoAnswer);
    #[cfg(not(target_arch = "wasm32"))]
    {
        drop(request);
        std::future::ready(Err(NoAnswer)).await
    }
}

/// Tells whoever runs the site what is set up wrongly, in the browser's console: visitors are told what it
/// means for them.
pub fn tell_operator(words: &str) {
    #[cfg(target_arch = "wasm32")]
    web_sys::console::warn_1(&words.into());
    #[cfg(not(target_arch = "wasm32"))]
    let _ = words;
}

/// Whether this page came by `https`, from where a browser asks nobody by `http`. Not while prerendering.
pub fn is_secure() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|protocol| protocol == "https:");
    #[cfg(not(target_arch = "wasm32"))]
    false
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{Answer, Method, Request};
    use gloo_net::http::RequestBuilder;

    pub async fn send(request: Request) -> Option<Answer> {
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Delete => gloo_net::http::Method::DELETE,
            Method::Patch => gloo_net::http::Method::PATCH,
        };
        // The signal covers the body too, so an answer that dries up half-way also ends.
        let limit = web_sys::AbortSignal::timeout_with_u32(request.timeout_ms);
        let mut builder = RequestBuilder::new(&request.url)
            .method(method)
            .abort_signal(Some(&limit));
        if request.fresh {
            builder = builder.cache(web_sys::RequestCache::NoCache);
        }
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let ready = match request.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(body)
                .ok()?,
            None => builder.build().ok()?,
        };
        let response = ready.send().await.ok()?;
        Some(Answer {
            status: response.status(),
            retry_after: response
                .headers()
                .get("Retry-After")
                .and_then(|seconds| seconds.trim().parse().ok()),
            server_ms: response.headers().get("Date").and_then(|date| {
                let ms = js_sys::Date::parse(&date);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "milliseconds of a date are whole and small; what is none is NaN"
                )]
                ms.is_finite().then_some(ms as i64)
            }),
            body: response.text().await.ok()?,
        })
    }
}
