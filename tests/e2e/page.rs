//! The page a visitor is on.

use std::{ops::Deref, time::Duration};

use base64::Engine as _;
use serde_json::{Value, json};
use thirtyfour::{Key, TypingData, WebDriver, WebElement};

use crate::{
    console::{Complaint, Console},
    failure::{Failure, Outcome},
    find::{Name, Scope, role_and_name, wait_until},
};

/// Long enough for a cold WebAssembly on a busy machine.
const HYDRATION: Duration = Duration::from_secs(30);

/// The browser's page. Its finders come from [`Scope`].
pub struct Page {
    driver: WebDriver,
    origin: String,
    console: Console,
    everywhere: Scope,
}

impl Deref for Page {
    type Target = Scope;

    fn deref(&self) -> &Scope {
        &self.everywhere
    }
}

impl Page {
    pub fn new(driver: WebDriver, origin: String, console: Console) -> Self {
        let everywhere = Scope::everywhere(driver.clone());
        Self {
            driver,
            origin,
            console,
            everywhere,
        }
    }

    /// The WebDriver session, for what this type does not offer.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// What the browser complains about.
    pub fn console(&self) -> &Console {
        &self.console
    }

    /// Loads a path of the site; the document is there then, the app may not be.
    pub async fn open(&self, path: &str) -> Outcome {
        Ok(self.driver.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Loads a path and waits until the app is in charge of it.
    pub async fn open_ready(&self, path: &str) -> Outcome {
        self.open(path).await?;
        self.is_ready().await
    }

    /// Waits until boot.js says that the app has hydrated.
    pub async fn is_ready(&self) -> Outcome {
        let ready = wait_until(HYDRATION, async || {
            let script = "return document.documentElement.dataset.app === 'ready'";
            Ok((self.script(script, &[]).await? == true).then_some(()))
        });
        ready.await?.ok_or_else(|| {
            Failure::new(format!(
                "The app did not say it was ready in {HYDRATION:?} (html[data-app=ready])."
            ))
        })
    }

    /// The path and query the address bar shows.
    pub async fn path(&self) -> Outcome<String> {
        let url = self.driver.current_url().await?.to_string();
        let path = url.strip_prefix(&self.origin).unwrap_or(&url);
        Ok(path.to_owned())
    }

    /// Waits until the address bar shows this path.
    pub async fn arrives_at(&self, path: &str) -> Outcome {
        let there = async || Ok((self.path().await? == path).then_some(()));
        if wait_until(crate::find::PATIENCE, there).await?.is_some() {
            return Ok(());
        }
        let is = self.path().await?;
        Err(Failure::new(format!(
            "The visitor is at {is}, not at {path}."
        )))
    }

    /// What can be read on the page, as it is laid out. WebDriver's own element text would leave
    /// out what a `<noscript>` shows where no script runs.
    pub async fn text(&self) -> Outcome<String> {
        let text = self.script("return document.body?.innerText ?? ''", &[]);
        Ok(text.await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until this text can be read somewhere.
    pub async fn shows(&self, text: &str) -> Outcome {
        let there = async || Ok(self.text().await?.contains(text).then_some(()));
        if wait_until(crate::find::PATIENCE, there).await?.is_some() {
            return Ok(());
        }
        let is = self.text().await?;
        Err(Failure::new(format!("“{text}” is nowhere in:\n{is}")))
    }

    /// Waits until this text can be read nowhere.
    pub async fn shows_no_longer(&self, text: &str) -> Outcome {
        let gone = async || Ok((!self.text().await?.contains(text)).then_some(()));
        let gone = wait_until(crate::find::PATIENCE, gone).await?;
        gone.ok_or_else(|| Failure::new(format!("“{text}” is still to be read.")))
    }

    /// Goes back, as the visitor's thumb does.
    pub async fn back(&self) -> Outcome {
        Ok(self.driver.back().await?)
    }

    /// Loads the same page again.
    pub async fn reload(&self) -> Outcome {
        Ok(self.driver.refresh().await?)
    }

    /// Runs a script in the page and answers what it returns.
    pub async fn script(&self, script: &str, args: &[Value]) -> Outcome<Value> {
        let returned = self.driver.execute(script, args.to_vec()).await?;
        Ok(returned.json().clone())
    }

    /// Runs a script that answers later, through the callback that is its last argument.
    pub async fn script_async(&self, script: &str, args: &[Value]) -> Outcome<Value> {
        let returned = self.driver.execute_async(script, args.to_vec()).await?;
        Ok(returned.json().clone())
    }

    /// Presses a key, or types into whatever has the keyboard's attention.
    pub async fn press_key(&self, keys: impl Into<TypingData>) -> Outcome {
        let keys = self.driver.action_chain().send_keys(keys);
        Ok(keys.perform().await?)
    }

    /// Presses a key while Shift is held.
    pub async fn press_with_shift(&self, key: Key) -> Outcome {
        let keys = self.driver.action_chain().key_down(Key::Shift);
        let keys = keys.send_keys(key).key_up(Key::Shift);
        Ok(keys.perform().await?)
    }

    /// Role and accessible name of the element that has the keyboard's attention.
    pub async fn attention(&self) -> Outcome<(String, String)> {
        Ok(role_and_name(&self.focused().await?).await?)
    }

    /// Waits until an element of this role and name has the keyboard's attention.
    pub async fn attends(&self, role: &str, name: impl Into<Name>) -> Outcome {
        let name = name.into();
        let there = async || {
            // The element may be replaced while it is asked for.
            let now = self.attention().await.unwrap_or_default();
            Ok((now.0 == role && name.fits(&now.1)).then_some(()))
        };
        if wait_until(crate::find::PATIENCE, there).await?.is_some() {
            return Ok(());
        }
        let (its_role, its_name) = self.attention().await?;
        Err(Failure::new(format!(
            "{its_role} “{its_name}” has the focus, not {role} {name}."
        )))
    }

    /// On how many sheets of A4 the page prints.
    pub async fn sheets(&self) -> Outcome<usize> {
        let size = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
        let cdp = self.driver.cdp();
        let printed = cdp.send_raw("Page.printToPDF", size).await?;
        let data = printed
            .get("data")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let pdf = base64::engine::general_purpose::STANDARD.decode(data)?;
        let pages = b"/Type /Page\n";
        Ok(pdf.windows(pages.len()).filter(|at| at == pages).count())
    }

    /// What the window is called.
    pub async fn title(&self) -> Outcome<String> {
        Ok(self.driver.title().await?)
    }

    /// The element that has the keyboard's attention.
    pub async fn focused(&self) -> Outcome<WebElement> {
        Ok(self.driver.active_element().await?)
    }

    /// Waits until the focus is on something that says these words: it must not be lost with a
    /// button that goes away when it is pressed.
    pub async fn focus_says(&self, words: &str) -> Outcome {
        let there = async || {
            // What has the focus may go away while it is asked for: then it is asked for again.
            let Ok(focused) = self.focused().await else {
                return Ok(None);
            };
            let tag = focused.tag_name().await.unwrap_or_default();
            let says = focused.text().await.unwrap_or_default();
            // The body holds every word of the page; a focus there is a focus lost.
            Ok((tag != "body" && says.contains(words)).then_some(()))
        };
        if wait_until(crate::find::PATIENCE, there).await?.is_some() {
            return Ok(());
        }
        let focused = self.focused().await?.text().await.unwrap_or_default();
        Err(Failure::new(format!(
            "The focus is not on “{words}” but on:\n{focused}"
        )))
    }

    /// Takes the console's errors away if each of them is this complaint.
    pub async fn console_errors_only_of(&self, complaint: Complaint) -> Outcome {
        self.console.only(complaint).await
    }

    /// Fails on any message of error level since the last look.
    pub async fn no_console_errors(&self) -> Outcome {
        let errors = self.console.errors().await?;
        if errors.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "The console shows errors:\n{}",
            errors.join("\n")
        )))
    }
}
