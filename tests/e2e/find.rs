//! Finding by role and accessible name, as assistive technology does.
//!
//! Which element has which role and name is asked of the browser itself (WebDriver's computed
//! role and label), so a flow that finds its way proves the page's semantics as well. To ask only
//! about elements that can matter, candidates are first picked by tag and role attribute.

use std::time::{Duration, Instant};

use serde_json::Value;
use thirtyfour::{
    Key, WebDriver, WebElement, components::SelectElement, error::WebDriverErrorInner,
    prelude::WebDriverError,
};
use tokio::time::sleep;

pub use crate::computed::role_and_name;
pub use crate::name::{Name, containing, containing_all, starting};

use crate::failure::{Failure, Outcome};

/// How long a finder waits.
pub const PATIENCE: Duration = Duration::from_secs(10);
const BREATH: Duration = Duration::from_millis(80);

/// A role with the tags that usually bring it.
#[derive(Clone, Copy)]
struct Role {
    name: &'static str,
    tags: &'static str,
}

const BUTTON: Role = role(
    "button",
    "button,input[type=submit],input[type=button],summary",
);
const LINK: Role = role("link", "a[href]");
const HEADING: Role = role("heading", "h1,h2,h3,h4,h5,h6");
const TEXTBOX: Role = role(
    "textbox",
    "input:not([type]),input[type=text],input[type=email],input[type=tel],input[type=url],textarea",
);
const SEARCHBOX: Role = role("searchbox", "input[type=search]");
const RADIO: Role = role("radio", "input[type=radio]");
const CHECKBOX: Role = role("checkbox", "input[type=checkbox]");
const COMBOBOX: Role = role("combobox", "select");
const ALERT: Role = role("alert", "");
const STATUS: Role = role("status", "output");
const GROUP: Role = role("group", "fieldset,details");
const NAVIGATION: Role = role("navigation", "nav");
const COMPLEMENTARY: Role = role("complementary", "aside");

const fn role(name: &'static str, tags: &'static str) -> Role {
    Role { name, tags }
}

impl Role {
    /// Whether a browser's word for a candidate's role means this one.
    fn is_called(self, word: &str) -> bool {
        // `WebKit` takes a drop-down list for the button that opens it. What may be a combobox is
        // picked by tag and role attribute beforehand, so no other button comes this far.
        word == self.name || (self.name == COMBOBOX.name && word == BUTTON.name)
    }
}

/// Where to look: the whole page or one element of it.
pub struct Scope {
    driver: WebDriver,
    root: Option<WebElement>,
}

/// One finder a role: waits for exactly one visible element with that role and name.
macro_rules! finders {
    ($($finder:ident: $role:expr,)*) => {
        impl Scope {
            $(
                #[doc = concat!("The one ", stringify!($finder), " of this name.")]
                pub async fn $finder(&self, name: impl Into<Name>) -> Outcome<Element> {
                    self.the_one($role, &name.into()).await
                }
            )*
        }
    };
}

finders! {
    button: BUTTON,
    link: LINK,
    heading: HEADING,
    textbox: TEXTBOX,
    searchbox: SEARCHBOX,
    radio: RADIO,
    checkbox: CHECKBOX,
    combobox: COMBOBOX,
    alert: ALERT,
    status: STATUS,
    group: GROUP,
    navigation: NAVIGATION,
    complementary: COMPLEMENTARY,
}

impl Scope {
    pub fn everywhere(driver: WebDriver) -> Self {
        Self { driver, root: None }
    }

    /// Only inside this element.
    pub fn within(&self, element: &Element) -> Self {
        Self {
            driver: self.driver.clone(),
            root: Some(element.0.clone()),
        }
    }

    /// Waits until no button of this name is there, or fails.
    pub async fn no_button(&self, name: impl Into<Name>) -> Outcome {
        let name = name.into();
        let gone = wait_until(PATIENCE, async || {
            let found = self.matching(BUTTON, &name).await?;
            Ok(found.is_empty().then_some(()))
        });
        gone.await?
            .ok_or_else(|| Failure::new(format!("The button {name} is still there.")))
    }

    /// The one thing of this name that opens and closes. Engines do not agree on its role: a button in
    /// one, the summary of details in another.
    pub async fn disclosure(&self, name: impl Into<Name>) -> Outcome<Element> {
        let name = name.into();
        let found = wait_until(PATIENCE, async || {
            let mut found = Vec::new();
            for element in self.candidates("button").await? {
                if element.tag_name().await? == "summary"
                    && name.fits(&role_and_name(&element).await?.1)
                {
                    found.push(element);
                }
            }
            Ok(<[WebElement; 1]>::try_from(found).ok())
        });
        let found = found.await?;
        let [element] =
            found.ok_or_else(|| Failure::new(format!("Nothing called {name} opens.")))?;
        Ok(Element(element))
    }

    async fn the_one(&self, role: Role, name: &Name) -> Outcome<Element> {
        let found = wait_until(PATIENCE, async || {
            let found = self.matching(role, name).await?;
            // More than one may be a page that is just being replaced by the next.
            Ok(<[WebElement; 1]>::try_from(found).ok())
        });
        if let Some([element]) = found.await? {
            return Ok(Element(element));
        }
        Err(self.not_the_one(role, name).await)
    }

    async fn not_the_one(&self, role: Role, name: &Name) -> Failure {
        let mut seen = Vec::new();
        let mut fits = 0;
        for element in self.candidates("*").await.unwrap_or_default() {
            let Ok((its_role, its_name)) = role_and_name(&element).await else {
                continue;
            };
            if role.is_called(&its_role) && name.fits(&its_name) {
                fits += 1;
            }
            seen.push(format!("  {its_role} “{its_name}”"));
        }
        let wanted = format!("{} {name}", role.name);
        let what = match fits {
            0 => format!("There is no {wanted}."),
            1 => format!("{wanted} came too late, or went away."),
            _ => format!("There are {fits} of {wanted}; narrow the place with `within`."),
        };
        Failure::new(format!("{what} What is there:\n{}", seen.join("\n")))
    }

    async fn matching(&self, role: Role, name: &Name) -> Outcome<Vec<WebElement>> {
        let mut found = Vec::new();
        for element in self.candidates(role.name).await? {
            match role_and_name(&element).await {
                Ok((its_role, its_name)) if role.is_called(&its_role) && name.fits(&its_name) => {
                    found.push(element);
                }
                Ok(_) => {}
                // The app replaced it while we asked: the next look sees what came instead.
                Err(error) if is_gone(&error) => return Ok(Vec::new()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }

    /// Visible elements that may have this role; `*` asks for everything a finder knows.
    async fn candidates(&self, role: &str) -> Outcome<Vec<WebElement>> {
        const ALL: [Role; 13] = [
            BUTTON,
            LINK,
            HEADING,
            TEXTBOX,
            SEARCHBOX,
            RADIO,
            CHECKBOX,
            COMBOBOX,
            ALERT,
            STATUS,
            GROUP,
            NAVIGATION,
            COMPLEMENTARY,
        ];
        let mut selectors = Vec::new();
        for known in ALL.iter().filter(|known| role == "*" || known.name == role) {
            selectors.push(format!("[role={}]", known.name));
            selectors.extend(known.tags.split(',').map(str::to_owned));
        }
        selectors.retain(|selector| !selector.is_empty());
        let root = match &self.root {
            Some(root) => root.to_json()?,
            None => Value::Null,
        };
        let args = vec![root, selectors.join(",").into()];
        let found = self.driver.execute(CANDIDATES, args).await;
        match found {
            Ok(found) => Ok(found.elements()?),
            // The page is between two documents, or the place we look in was replaced.
            Err(error) if is_gone(&error) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Elements that are rendered and not hidden from assistive technology. An element of no size is
/// still there: a radio button may be painted by its label.
const CANDIDATES: &str = r"
    const [root, selector] = arguments;
    return [...(root ?? document).querySelectorAll(selector)].filter((element) =>
        element.checkVisibility({ visibilityProperty: true })
        && !element.closest('[aria-hidden=true], [inert]'));
";

/// Asks until there is an answer or the time is over.
pub async fn wait_until<T>(
    limit: Duration,
    ask: impl AsyncFn() -> Outcome<Option<T>>,
) -> Outcome<Option<T>> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await? {
            return Ok(Some(answer));
        }
        if start.elapsed() > limit {
            return Ok(None);
        }
        sleep(BREATH).await;
    }
}

/// An element that was found.
pub struct Element(WebElement);

impl Element {
    /// The WebDriver element, for what this type does not offer.
    pub fn raw(&self) -> &WebElement {
        &self.0
    }

    /// Taps it. What something else covers is first moved to the middle of the screen, as a thumb
    /// would; a control that is painted by its label is tapped there.
    pub async fn click(&self) -> Outcome {
        let label = "return arguments[0].labels?.[0] ?? arguments[0]";
        let handle = self.0.handle();
        self.lies_still().await?;
        match self.0.click().await {
            Err(error) if is_covered(&error) => {}
            other => return Ok(other?),
        }
        self.to_the_middle().await?;
        match self.0.click().await {
            Err(error) if is_covered(&error) => {}
            other => return Ok(other?),
        }
        let label = handle.execute(label, vec![self.0.to_json()?]).await?;
        Ok(label.element()?.click().await?)
    }

    async fn to_the_middle(&self) -> Outcome {
        let middle = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let handle = self.0.handle();
        handle.execute(middle, vec![self.0.to_json()?]).await?;
        Ok(())
    }

    /// Waits until one page has given way to the next and nothing moves the element: a driver taps
    /// where it was when it looked. `WebKit`'s finds nothing at all while pages change.
    async fn lies_still(&self) -> Outcome {
        const STILL: &str = r"
            const [element, answer] = arguments;
            const place = () => {
                const { x, y, width, height } = element.getBoundingClientRect();
                return [x, y, width, height].join();
            };
            const changing = () => document.getAnimations().some((animation) =>
                animation.effect?.pseudoElement?.startsWith('::view-transition'));
            const before = place();
            setTimeout(() => answer(!changing() && place() === before), 50);
        ";
        let handle = self.0.handle();
        let still = async || {
            let still = handle.execute_async(STILL, vec![self.0.to_json()?]).await?;
            Ok((still.json() == &Value::Bool(true)).then_some(()))
        };
        let still = wait_until(PATIENCE, still).await?;
        still.ok_or_else(|| Failure::new("What is to be tapped never lies still."))
    }

    /// Replaces what a field holds, and sees that the field holds it then. A field that the bar at the
    /// foot covers is moved from under it before: `WebKit`'s driver types into nothing it does not see.
    pub async fn fill(&self, text: &str) -> Outcome {
        self.to_the_middle().await?;
        // As a person does: a driver's own way to empty a field tells the page nothing of it.
        let everything = Key::Control + "a";
        self.0.send_keys(everything).await?;
        self.0.send_keys(Key::Backspace).await?;
        self.0.send_keys(text).await?;
        let typed = async || Ok((self.value().await? == text).then_some(()));
        if wait_until(PATIENCE, typed).await?.is_some() {
            return Ok(());
        }
        let holds = self.value().await?;
        Err(Failure::new(format!(
            "“{text}” was typed, and the field holds “{holds}”."
        )))
    }

    /// Chooses an entry of a list by its words.
    pub async fn choose(&self, words: &str) -> Outcome {
        let list = SelectElement::new(&self.0).await?;
        Ok(list.select_by_exact_text(words).await?)
    }

    /// What a field holds.
    pub async fn value(&self) -> Outcome<String> {
        Ok(self.0.value().await?.unwrap_or_default())
    }

    /// What can be read in it.
    pub async fn text(&self) -> Outcome<String> {
        Ok(self.0.text().await?)
    }

    /// Where a link leads, as it is written.
    pub async fn target(&self) -> Outcome<String> {
        // Not by the driver's own endpoint, for which one engine answers with the whole address.
        let script = "return arguments[0].getAttribute('href')";
        let handle = self.0.handle();
        let target = handle.execute(script, vec![self.0.to_json()?]).await?;
        Ok(target.json().as_str().unwrap_or_default().to_owned())
    }

    /// Its accessible name.
    pub async fn name(&self) -> Outcome<String> {
        Ok(role_and_name(&self.0).await?.1)
    }

    /// Whether a radio button or checkbox is chosen.
    pub async fn is_chosen(&self) -> Outcome<bool> {
        Ok(self.0.is_selected().await?)
    }
}

fn is_gone(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::JavascriptError(_)
    )
}

fn is_covered(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
    )
}
