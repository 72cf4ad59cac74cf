//! A flow: everything it needs is started before it, and ended after it whatever happened.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::future::join_all;
use octo_double::Habits;
use tokio::{sync::Semaphore, time::timeout};

use crate::{
    calendar::Calendar,
    console::Console,
    driver::Browser,
    engine::{Engine, WIDTH, Wishes},
    failure::{Failure, Outcome, catching},
    ledger::{self, Entry},
    page::Page,
    proxy::Faults,
    scratch,
    site::{Site, given},
    supplier::Supplier,
};

/// Two cores carry three browsers, as flows wait more than they work; however many threads the
/// test runner was given.
static BROWSERS: Semaphore = Semaphore::const_new(3);

/// A driver that no longer answers would otherwise hold a run for ever.
const LIMIT: Duration = Duration::from_mins(20);

/// What a flow is played on.
pub struct Scene {
    /// The server.
    pub site: Site,
    /// The browser's page.
    pub page: Page,
    /// Only for the ledger and for what is said: a flow does the same in each engine.
    pub engine: Engine,
    faults: Option<Faults>,
    supplier: Option<Supplier>,
    calendar: Option<Calendar>,
}

impl Scene {
    /// Whose API the site books with, in a flow that is played with OCTO.
    pub fn supplier(&self) -> Outcome<&Supplier> {
        let supplier = self.supplier.as_ref();
        supplier.ok_or_else(|| Failure::new("This flow did not ask for `with_octo`."))
    }

    /// Whose calendar the site books with, in a flow that is played with Cal.com.
    pub fn calendar(&self) -> Outcome<&Calendar> {
        let calendar = self.calendar.as_ref();
        calendar.ok_or_else(|| Failure::new("This flow did not ask for `with_calcom`."))
    }

    /// The network of a flow that goes through faults.
    pub fn faults(&self) -> Outcome<&Faults> {
        let faults = self.faults.as_ref();
        faults.ok_or_else(|| Failure::new("This flow did not ask for `through_faults`."))
    }
}

/// How a site comes to somebody else's API.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The browser asks it.
    Straight,
    /// The browser asks our server, which has the key.
    OurServer,
}

/// A flow about to be run.
pub struct Flow {
    name: &'static str,
    settings: Option<String>,
    before_the_app: Option<&'static str>,
    javascript: bool,
    width: u32,
    text: u32,
    faulty: bool,
    octo: Option<Habits>,
    calcom: Option<calcom_double::Habits>,
    way: Way,
    sampled: bool,
    left_out: Vec<(Engine, &'static str)>,
}

impl Flow {
    /// A flow by the name of its test, which names its evidence too.
    pub fn named(name: &'static str) -> Self {
        Self {
            name,
            settings: None,
            before_the_app: None,
            javascript: true,
            width: WIDTH,
            text: 16,
            faulty: false,
            octo: None,
            calcom: None,
            way: Way::Straight,
            sampled: false,
            left_out: Vec::new(),
        }
    }

    /// The server gets this `server.toml` instead of its own default.
    pub fn settings(mut self, toml: impl Into<String>) -> Self {
        self.settings = Some(toml.into());
        self
    }

    /// The browser runs no script.
    pub fn without_javascript(mut self) -> Self {
        self.javascript = false;
        self
    }

    /// A window this wide, in CSS pixels. In Chromium only.
    pub fn width(mut self, width: u32) -> Self {
        self.width = width;
        self
    }

    /// Text as large as the visitor chose it; 16 is what browsers begin with. In Chromium only.
    pub fn text_size(mut self, pixels: u32) -> Self {
        self.text = pixels;
        self
    }

    /// Every page runs this script just before it starts the app.
    pub fn before_the_app(mut self, script: &'static str) -> Self {
        self.before_the_app = Some(script);
        self
    }

    /// Between browser and server stands a network that fails as it is told to: `scene.faults()`.
    pub fn through_faults(mut self) -> Self {
        self.faulty = true;
        self
    }

    /// The site books with an API that speaks OCTO, on another origin: `scene.supplier()`. The network that
    /// fails is then between the browser and that API.
    pub fn with_octo(mut self, habits: Habits) -> Self {
        self.octo = Some(habits);
        self
    }

    /// The site books with a calendar that speaks Cal.com's API, on another origin: `scene.calendar()`.
    pub fn with_calcom(mut self, habits: calcom_double::Habits) -> Self {
        self.calcom = Some(habits);
        self
    }

    /// Our own server stands in front of that API, and the site knows only the server.
    pub fn behind_our_server(mut self) -> Self {
        self.way = Way::OurServer;
        self
    }

    /// Played in every engine even in a quick run, which plays the others in Chromium only.
    pub fn sampled(mut self) -> Self {
        self.sampled = true;
        self
    }

    /// Not played in this engine, which cannot be driven so. The reason is printed.
    pub fn not_in(mut self, engine: Engine, why: &'static str) -> Self {
        self.left_out.push((engine, why));
        self
    }

    /// Plays it in each engine of this run, side by side.
    pub async fn run(self, steps: impl AsyncFn(&mut Scene) -> Outcome) -> Outcome {
        let mut plays = Vec::new();
        for engine in Engine::of_this_run()? {
            let why = self.left_out.iter().find(|(its, _)| *its == engine);
            if let Some((_, why)) = why {
                let flow = self.name;
                ledger::note(engine, &Entry::LeftOut { flow, why })?;
            } else if self.sampled || engine == Engine::Chromium || is_whole("FLOWS") {
                plays.push(self.play_and_note(engine, &steps));
            }
        }
        let faults: Vec<_> = join_all(plays)
            .await
            .into_iter()
            .filter_map(Result::err)
            .collect();
        if faults.is_empty() {
            return Ok(());
        }
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Err(Failure::new(faults.join("\n\n")))
    }

    async fn play_and_note(
        &self,
        engine: Engine,
        steps: &impl AsyncFn(&mut Scene) -> Outcome,
    ) -> Outcome {
        let folder = given("INTERNO_E2E_EVIDENCE")?.join(format!("{}-{engine}", self.name));
        let played = self.play(engine, &folder, steps).await;
        let (flow, passed) = (self.name, played.is_ok());
        ledger::note(engine, &Entry::Played { flow, passed })?;
        match played {
            Ok(()) => {
                // What a browser wrote too late is emptied by the next run; the flow has passed.
                let _left_behind = scratch::remove(&folder).await;
                Ok(())
            }
            Err(failure) => Err(Failure::new(format!(
                "in {engine}: {failure}\n(evidence in {})",
                folder.display()
            ))),
        }
    }

    async fn play(
        &self,
        engine: Engine,
        folder: &Path,
        steps: &impl AsyncFn(&mut Scene) -> Outcome,
    ) -> Outcome {
        let _turn = BROWSERS.acquire().await?;
        scratch::remove(folder).await?;
        fs::create_dir_all(folder)?;
        let scripts = [engine.before_the_app(), self.before_the_app];
        let scripts: Vec<_> = scripts.into_iter().flatten().collect();
        let (supplier, calendar) = self.somebody_else().await?;
        let before = match &supplier {
            Some(supplier) if self.faulty && self.way == Way::Straight => {
                Some(Faults::start(supplier.port()).await?)
            }
            _ => None,
        };
        let heard = supplier.as_ref().map(|supplier| {
            let port = before.as_ref().map_or(supplier.port(), Faults::port);
            (supplier, port)
        });
        let (settings, config) = self.files(folder, heard, calendar.as_ref())?;
        let (settings, config) = (settings.as_deref(), config.as_deref());
        let site = Site::start_new(folder, settings, config, &scripts).await?;
        let wishes = Wishes {
            engine,
            javascript: self.javascript,
            width: self.width,
            text: self.text,
        };
        if let Some(why) = Console::silence(wishes) {
            let flow = self.name;
            ledger::note(engine, &Entry::LeftOut { flow, why })?;
        }
        let (origin, faults) = match before {
            Some(faults) => (site.url(""), Some(faults)),
            None if self.faulty => {
                let faults = Faults::start(site.port()).await?;
                (faults.origin(), Some(faults))
            }
            None => (site.url(""), None),
        };
        let (browser, console) = Browser::start(wishes, folder).await?;
        let page = Page::new(browser.session(), origin, console);
        let mut scene = Scene {
            site,
            page,
            engine,
            faults,
            supplier,
            calendar,
        };
        let result = match timeout(LIMIT, catching(steps(&mut scene))).await {
            Ok(result) => result,
            // Only the steps are given up: the browser is ended as always.
            Err(_) => Err(Failure::new(format!("It was not over after {LIMIT:?}."))),
        };
        if result.is_err() {
            keep_evidence(&scene.page, folder).await;
        }
        let quit = browser.quit().await;
        let stopped = scene.site.stop().await;
        // What the flow found matters more than how its tools ended.
        result.and(quit).and(stopped)
    }

    /// The settings of the server and the `config.json` of the site, where they are not as they come: an API that
    /// speaks OCTO is heard at some port.
    fn files(
        &self,
        folder: &Path,
        supplier: Option<(&Supplier, u16)>,
        calendar: Option<&Calendar>,
    ) -> Outcome<(Option<String>, Option<String>)> {
        if let Some((supplier, _)) = supplier.filter(|_| self.way == Way::OurServer) {
            let (settings, config) = supplier.fronted(folder)?;
            return Ok((Some(settings), Some(config)));
        }
        let octo = supplier.map(|(supplier, port)| supplier.config(port));
        let config = octo.or_else(|| calendar.map(Calendar::config));
        Ok((self.settings.clone(), config))
    }

    /// Whose API the site books with, where it is not its own.
    async fn somebody_else(&self) -> Outcome<(Option<Supplier>, Option<Calendar>)> {
        let supplier = match self.octo {
            Some(habits) => Some(Supplier::start(habits).await?),
            None => None,
        };
        let calendar = match self.calcom {
            Some(habits) => Some(Calendar::start(habits).await?),
            None => None,
        };
        Ok((supplier, calendar))
    }
}

/// Whether this run was asked for all of something (`FLOWS`, `PAGES`) or for a sample.
pub fn is_whole(what: &str) -> bool {
    env::var(format!("INTERNO_E2E_{what}")).is_ok_and(|extent| extent == "all")
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
    keep("console.txt", page.console().everything().await.join("\n"));
}
