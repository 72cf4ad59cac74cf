//! axe finds nothing on any page, in any language, in light and in dark.
//!
//! In Chromium only: what axe looks at (elements, names, colours) comes from the same HTML and CSS
//! in every engine, while the flows, which find everything by role and name, run in all three.

use crate::{
    axe::{self, Scheme},
    engine::Engine,
    failure::{Failure, Outcome},
    find::starting,
    flow::{Flow, Scene, is_whole},
    flows::{
        walk::{TIME, Walk},
        words::{EN, ES, Words},
    },
    ledger::{self, Entry},
    site::Site,
};

const ONE_IS_ENOUGH: &str = "axe judges HTML and colours, which are the same in every engine";

/// What is shown at an address that leads nowhere.
const NOWHERE: &str = "/404.html";

/// Looks at pages, and keeps what was found until the end.
struct Inspection<'a> {
    scene: &'a Scene,
    looks: usize,
    found: Vec<String>,
}

#[tokio::test]
async fn axe_finds_nothing_on_spanish_pages() -> Outcome {
    Flow::named("axe_finds_nothing_on_spanish_pages")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| every_page(scene, 0, |path| !path.starts_with("/en/")).await)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_on_english_pages() -> Outcome {
    Flow::named("axe_finds_nothing_on_english_pages")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| every_page(scene, 1, |path| path.starts_with("/en/")).await)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_on_the_way_to_a_table() -> Outcome {
    Flow::named("axe_finds_nothing_on_the_way_to_a_table")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| {
            let mut inspection = Inspection::of(scene);
            every_step(&mut inspection, &ES, 0).await?;
            every_step(&mut inspection, &EN, 1).await?;
            inspection.ends()
        })
        .await
}

/// A check that cannot fail proves nothing.
#[tokio::test]
async fn axe_finds_what_is_wrong() -> Outcome {
    Flow::named("axe_finds_what_is_wrong")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/").await?;
            let spoil = "document.querySelector('h1').insertAdjacentHTML('afterend',
                '<img src=\"/favicon.ico\"><p style=\"color:#888;background:#999\">pale</p>')";
            page.script(spoil, &[]).await?;
            Scheme::Dark.choose(page).await?;
            let found = axe::violations(page, Scheme::Dark).await?;
            for rule in ["image-alt", "color-contrast"] {
                let told = found.iter().find(|one| one.contains(rule));
                assert!(told.is_some(), "{rule} is not among: {found:?}");
            }
            Ok(())
        })
        .await
}

async fn every_page(scene: &Scene, parity: usize, which: impl Fn(&str) -> bool) -> Outcome {
    let mut pages: Vec<_> = Site::pages()?
        .into_iter()
        .filter(|path| which(path))
        .collect();
    if pages.is_empty() {
        return Err(Failure::new("pages.json names no page of this language."));
    }
    if parity == 0 {
        pages.push(NOWHERE.to_owned());
    }
    let mut inspection = Inspection::of(scene);
    for (index, path) in pages.iter().enumerate() {
        scene.page.open(path).await?;
        if path != NOWHERE {
            scene.page.is_ready().await?;
        }
        inspection.look(index + parity).await?;
    }
    inspection.ends()
}

/// The wizard with what a visitor has answered so far; a direct look at a step would only see the
/// first one, or a word that something is missing.
async fn every_step(
    inspection: &mut Inspection<'_>,
    words: &'static Words,
    turn: usize,
) -> Outcome {
    let walk = Walk::of(inspection.scene, words);
    walk.to_night().await?;
    walk.page.button(words.choose_first).await?;
    inspection.look(turn).await?;
    let night = walk.choose_night().await?;
    walk.page.button(starting(TIME)).await?;
    inspection.look(turn + 1).await?;
    walk.take_seating().await?;
    inspection.look(turn).await?;
    walk.press(words.next).await?;
    walk.page.alert(words.missing).await?;
    inspection.look(turn + 1).await?;
    walk.fill_guests().await?;
    inspection.look(turn).await?;
    walk.consent().await?;
    walk.press(words.confirm).await?;
    let booked = walk.booked(night).await?;
    inspection.look(turn + 1).await?;
    walk.page.open_ready(&booked.link).await?;
    walk.page.shows(words.confirmed).await?;
    inspection.look(turn).await
}

impl<'a> Inspection<'a> {
    fn of(scene: &'a Scene) -> Self {
        Self {
            scene,
            looks: 0,
            found: Vec::new(),
        }
    }

    /// Looks at the page as it is, in both schemes, or in a quick run in the one whose turn it is.
    async fn look(&mut self, turn: usize) -> Outcome {
        let page = &self.scene.page;
        for (index, scheme) in Scheme::BOTH.into_iter().enumerate() {
            if !is_whole("PAGES") && index != turn % 2 {
                continue;
            }
            scheme.choose(page).await?;
            self.looks += 1;
            self.found.extend(axe::violations(page, scheme).await?);
        }
        Ok(())
    }

    fn ends(self) -> Outcome {
        let (looks, violations) = (self.looks, self.found.len());
        ledger::note(self.scene.engine, &Entry::Axe { looks, violations })?;
        if self.found.is_empty() {
            return Ok(());
        }
        let found = self.found.join("\n\n");
        Err(Failure::new(format!(
            "axe found {violations} in {looks} looks:\n{found}"
        )))
    }
}
