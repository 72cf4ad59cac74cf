//! One browser, used to take pictures of whole pages.

use std::{fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::plan::{SCHEMES, Size, file_of};
use crate::{
    failure::{Failure, Outcome},
    page::Page,
};

/// Takes pictures of the page a browser shows.
pub struct Camera<'a> {
    pub page: &'a Page,
    pub folder: &'a Path,
    pub sizes: &'a [Size],
}

impl Camera<'_> {
    /// Has every document arrive as it is photographed: motion finished, and the crossroads
    /// staying where it is instead of leading on to a language.
    pub async fn prepare(&self) -> Outcome {
        let stay = json!({ "source": STAY });
        self.tell("Page.addScriptToEvaluateOnNewDocument", stay)
            .await?;
        let hidden = json!({ "hidden": true });
        self.tell("Emulation.setScrollbarsHidden", hidden).await?;
        self.scheme("light").await
    }

    /// Loads a page in every size, and photographs it in every scheme.
    pub async fn load(&self, path: &str, name: &str) -> Outcome {
        for size in self.sizes {
            self.aim(*size).await?;
            self.page.open(path).await?;
            if self.page.script(IS_APP, &[]).await? == true {
                self.page.is_ready().await?;
            }
            self.both_schemes(*size, name).await?;
        }
        Ok(())
    }

    /// Photographs what is shown now in every size and scheme, without loading it again: a step
    /// of the wizard is what its visitor made of it.
    pub async fn as_it_is(&self, name: &str) -> Outcome {
        for size in self.sizes {
            self.both_schemes(*size, name).await?;
        }
        Ok(())
    }

    async fn both_schemes(&self, size: Size, name: &str) -> Outcome {
        // Again after loading: the driver puts its own phone back with a new document.
        self.aim(size).await?;
        for scheme in SCHEMES {
            self.scheme(scheme).await?;
            self.settle().await?;
            let width = self.page.script("return innerWidth", &[]).await?;
            if width != size.width {
                return Err(Failure::new(format!(
                    "The page is {width} wide, not {}: something on it is wider than the window.",
                    size.width
                )));
            }
            self.take(&self.folder.join(file_of(name, size, scheme)))
                .await?;
        }
        Ok(())
    }

    /// Makes the window this size.
    pub async fn aim(&self, size: Size) -> Outcome {
        let metrics = json!({
            "width": size.width,
            "height": size.height,
            "deviceScaleFactor": 1,
            "mobile": size.phone,
        });
        self.tell("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        let touch = json!({ "enabled": size.phone });
        self.tell("Emulation.setTouchEmulationEnabled", touch)
            .await?;
        Ok(())
    }

    async fn scheme(&self, scheme: &str) -> Outcome {
        // Where motion is unwelcome the site shows every drawing in its finished state.
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.tell("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Waits for fonts and pictures, those further down too, and lets what sticks to the window
    /// lie where it belongs on the page: in a picture of all of it, it would cover the middle.
    async fn settle(&self) -> Outcome {
        self.page.script_async(SETTLE, &[]).await?;
        Ok(())
    }

    /// The whole page into a file.
    pub async fn take(&self, file: &Path) -> Outcome {
        let layout = self.tell("Page.getLayoutMetrics", json!({})).await?;
        let side = |side: &str| {
            let value = layout.pointer(&format!("/cssContentSize/{side}"));
            value.and_then(Value::as_f64).unwrap_or_default()
        };
        let wish = json!({
            "format": "png",
            "captureBeyondViewport": true,
            // Smaller files are not worth the waiting for them.
            "optimizeForSpeed": true,
            "clip": { "x": 0, "y": 0, "width": side("width"), "height": side("height"), "scale": 1 },
        });
        let taken = self.tell("Page.captureScreenshot", wish).await?;
        let data = taken.get("data").and_then(Value::as_str);
        let data = data.ok_or_else(|| Failure::new("The browser sent no picture."))?;
        Ok(fs::write(file, BASE64_STANDARD.decode(data)?)?)
    }

    /// Shows a local page and photographs it, in a window as wide as it needs.
    pub async fn sheet(&self, html: &str, width: u32, file: &Path) -> Outcome {
        let source = file.with_extension("html");
        fs::write(&source, html)?;
        let url = format!("file://{}", source.display());
        self.page.driver().goto(url).await?;
        let size = Size {
            width,
            // As low as it may be: the sheet is photographed down to its end anyway.
            height: 100,
            phone: false,
        };
        self.aim(size).await?;
        self.settle().await?;
        self.take(file).await?;
        Ok(fs::remove_file(&source)?)
    }

    async fn tell(&self, command: &str, wish: Value) -> Outcome<Value> {
        Ok(self.page.driver().cdp().send_raw(command, wish).await?)
    }
}

/// The crossroads leads on where a language is known.
const STAY: &str = "
    if (location.pathname === '/') {
        Object.defineProperty(navigator, 'languages', { get: () => [] });
        Storage.prototype.getItem = () => null;
    }
";

const IS_APP: &str = "return document.body.hasAttribute('data-app-page')";

const SETTLE: &str = "
    const [done] = arguments;
    const frame = () => new Promise((shown) => requestAnimationFrame(shown));
    (async () => {
        for (const { style } of window.unstuck ?? []) {
            style.removeProperty('position');
            style.removeProperty('inset');
        }
        window.unstuck = [...document.querySelectorAll('*')]
            .filter((element) => getComputedStyle(element).position === 'sticky');
        for (const { style } of window.unstuck) Object.assign(style, { position: 'relative', inset: 'auto' });
        for (const image of document.images) image.loading = 'eager';
        await document.fonts.ready;
        await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
        scrollTo({ top: 0, behavior: 'instant' });
        await frame();
        await frame();
    })().finally(() => done(true));
";
