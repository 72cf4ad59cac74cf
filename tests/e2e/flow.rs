//! A flow: everything it needs is started before it, and ended after it whatever happened.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tokio::sync::Semaphore;

use crate::{
    console,
    driver::{Browser, Engine, Wishes},
    failure::{Failure, Outcome, catching},
    page::Page,
    site::{Site, given},
};

/// Two cores carry two browsers, however many threads the test runner was given.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// What a flow is played on.
pub struct Scene {
    /// The server.
    pub site: Site,
    /// The browser's page.
    pub page: Page,
}

/// A flow about to be run.
pub struct Flow {
    name: &'static str,
    settings: Option<String>,
    browser: Wishes,
}

impl Flow {
    /// A flow by the name of its test, which names its evidence too.
    pub fn named(name: &'static str) -> Self {
        Self {
            name,
            settings: None,
            browser: Wishes {
                engine: Engine::default(),
                javascript: true,
            },
        }
    }

    /// The server gets this `server.toml` instead of its own default.
    pub fn settings(mut self, toml: impl Into<String>) -> Self {
        self.settings = Some(toml.into());
        self
    }

    /// The browser runs no script.
    pub fn without_javascript(mut self) -> Self {
        self.browser.javascript = false;
        self
    }

    /// Plays it.
    pub async fn run(self, steps: impl AsyncFnOnce(&mut Scene) -> Outcome) -> Outcome {
        let _turn = BROWSERS.acquire().await?;
        let folder = given("INTERNO_E2E_EVIDENCE")?.join(self.name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let site = Site::start_new(&folder, self.settings.as_deref()).await?;
        let browser = Browser::start(self.browser, &folder).await?;
        let page = Page::new(browser.session(), site.url(""));
        let mut scene = Scene { site, page };
        let result = catching(steps(&mut scene)).await;
        if result.is_err() {
            keep_evidence(&scene.page, &folder).await;
        }
        let quit = browser.quit().await;
        let stopped = scene.site.stop().await;
        // What the flow found matters more than how its tools ended.
        let result = result.and(quit).and(stopped);
        match result {
            Ok(()) => Ok(fs::remove_dir_all(&folder)?),
            Err(failure) => Err(Failure::new(format!(
                "{failure}\n(evidence in {})",
                folder.display()
            ))),
        }
    }
}

/// As much as can still be had: the browser may be the very thing that failed.
async fn keep_evidence(page: &Page, folder: &Path) {
    let driver = page.driver();
    let _without_picture = driver.screenshot(&folder.join("screen.png")).await;
    let keep = |name: &str, text: String| {
        let path: PathBuf = folder.join(name);
        let _without_it = fs::write(path, text);
    };
    if let Ok(url) = driver.current_url().await {
        keep("address.txt", url.to_string());
    }
    if let Ok(source) = driver.source().await {
        keep("page.html", source);
    }
    if let Ok(errors) = console::errors(page).await {
        keep("console.txt", errors.join("\n"));
    }
}
