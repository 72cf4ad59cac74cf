//! axe finds nothing on any page, in any language, in light and in dark.
//!
//! In Chromium only: what axe looks at (elements, names, colours) comes from the same HTML and CSS
//! in every engine, while the flows, which find everything by role and name, run in all three.

use std::time::Duration;

use serde_json::json;

use crate::{
    axe::{self, Scheme},
    engine::Engine,
    failure::{Failure, Outcome},
    find::starting,
    flow::{Flow, Scene, is_whole},
    flows::{
        walk::{TIME, Walk, few_places},
        words::{EN, ES, Words},
    },
    ledger::{self, Entry},
    page::Page,
    proxy::{CALENDAR, Fault, GLUE, MISSING, PROBLEM},
    site::Site,
};

const ONE_IS_ENOUGH: &str = "axe judges HTML and colours, which are the same in every engine";

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
async fn axe_finds_nothing_on_the_way_to_a_table_in_spanish() -> Outcome {
    Flow::named("axe_finds_nothing_on_the_way_to_a_table_in_spanish")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| every_step(scene, &ES, 0).await)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_on_the_way_to_a_table_in_english() -> Outcome {
    Flow::named("axe_finds_nothing_on_the_way_to_a_table_in_english")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| every_step(scene, &EN, 1).await)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_of_the_menu() -> Outcome {
    Flow::named("axe_finds_nothing_in_any_state_of_the_menu")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(every_state_of_the_menu)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_where_something_is_wrong() -> Outcome {
    Flow::named("axe_finds_nothing_where_something_is_wrong")
        .settings(few_places(4))
        .through_faults()
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| every_trouble(scene).await)
        .await
}

#[tokio::test]
async fn axe_finds_nothing_on_pages_without_the_app() -> Outcome {
    Flow::named("axe_finds_nothing_on_pages_without_the_app")
        .not_in(Engine::Firefox, ONE_IS_ENOUGH)
        .not_in(Engine::WebKit, ONE_IS_ENOUGH)
        .run(async |scene| {
            reads_french(&scene.page).await?;
            let mut inspection = Inspection::of(scene);
            for (index, path) in ["/", "/404.html", "/es/nowhere/"].into_iter().enumerate() {
                scene.page.open(path).await?;
                scene.page.arrives_at(path).await?;
                inspection.look(index).await?;
            }
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
            // Not by a style attribute, which the page's policy would not let through.
            let spoil = "
                const [image, pale] = ['img', 'p'].map((tag) => document.createElement(tag));
                pale.textContent = 'pale';
                pale.style.color = '#888';
                pale.style.background = '#999';
                document.querySelector('main').prepend(image, pale)";
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
    let pages = Site::pages()?;
    let pages: Vec<_> = pages.iter().filter(|path| which(path)).collect();
    if pages.is_empty() {
        return Err(Failure::new("pages.json names no page of this language."));
    }
    let mut inspection = Inspection::of(scene);
    for (index, path) in pages.into_iter().enumerate() {
        scene.page.open_ready(path).await?;
        // A page seen in light in one language is seen in dark in the other.
        inspection.look(index + parity).await?;
    }
    inspection.ends()
}

/// A visitor whose browser asks for neither language of the house, so that the crossroads at `/`
/// leads her nowhere by itself.
async fn reads_french(page: &Page) -> Outcome {
    let agent = page.script("return navigator.userAgent", &[]).await?;
    let visitor = json!({ "userAgent": agent, "acceptLanguage": "fr" });
    let cdp = page.driver().cdp();
    cdp.send_raw("Emulation.setUserAgentOverride", visitor)
        .await?;
    Ok(())
}

/// The menu as filters leave it, and as a table is composed on it: whole, under both headings,
/// without a dish, with the rest of the allergens unfolded, with conflicts.
async fn every_state_of_the_menu(scene: &mut Scene) -> Outcome {
    let page = &scene.page;
    let mut inspection = Inspection::of(scene);
    let states = [
        ("/es/menu/?sin=leche", "14 de 20 platos"),
        ("/en/menu/?without=milk,lupin", "14 of 20 dishes"),
        ("/es/menu/?dieta=vegana", "platos"),
        ("/en/menu/?search=pina", "1 of 20 dishes"),
        (
            "/es/menu/?buscar=zanahoria",
            "Ningún plato pasa este filtro.",
        ),
    ];
    for (turn, (path, says)) in states.into_iter().enumerate() {
        page.open_ready(path).await?;
        page.shows(says).await?;
        inspection.look(turn).await?;
    }
    page.open_ready("/en/menu/#table=2&1=carimanolas-de-queso")
        .await?;
    let first = page.group("Place 1").await?;
    let first = page.within(&first);
    first
        .disclosure("Anything they do not eat?")
        .await?
        .click()
        .await?;
    first.checkbox("milk").await?.click().await?;
    page.shows("Carimañolas de queso contains milk.").await?;
    inspection.look(0).await?;
    inspection.look(1).await?;
    inspection.ends()
}

/// What a visitor sees who has to wait, finds nothing free, has no network, or no app.
async fn every_trouble(scene: &Scene) -> Outcome {
    let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
    let (page, night) = (walk.page, walk.at(ES.steps.night));
    let mut inspection = Inspection::of(scene);
    faults.next(CALENDAR, Fault::Late(Duration::from_secs(5)));
    walk.to_night().await?;
    page.shows("Consultando el sistema de reservas").await?;
    inspection.look(0).await?;
    page.button(ES.choose_first).await?;
    faults.next(CALENDAR, Fault::Instead(PROBLEM));
    page.reload().await?;
    page.is_ready().await?;
    page.heading("Algo no funcionó").await?;
    inspection.look(1).await?;
    page.open_ready(&[&night, "?personas=8"].concat()).await?;
    page.heading("No hay noches libres en este mes").await?;
    inspection.look(0).await?;
    page.open_ready(&[&night, "?personas=4"].concat()).await?;
    walk.choose_night().await?;
    walk.take_seating().await?;
    walk.fill_guests().await?;
    walk.consent().await?;
    faults.goes_away().await;
    walk.press(ES.confirm).await?;
    page.heading("No sabemos todavía si su reserva entró")
        .await?;
    inspection.look(1).await?;
    faults.comes_back().await?;
    faults.always(GLUE, Fault::Instead(MISSING));
    page.open(EN.book).await?;
    page.heading("This page has stopped responding").await?;
    inspection.look(0).await?;
    inspection.look(1).await?;
    inspection.ends()
}

/// The wizard with what a visitor has answered so far; a direct look at a step would only see the
/// first one, or a word that something is missing.
async fn every_step(scene: &Scene, words: &'static Words, turn: usize) -> Outcome {
    let mut inspection = Inspection::of(scene);
    let walk = Walk::of(scene, words);
    walk.to_night().await?;
    walk.page.button(words.choose_first).await?;
    inspection.look(turn).await?;
    let night = walk.choose_night().await?;
    walk.page.button(starting(TIME)).await?;
    inspection.look(turn + 1).await?;
    walk.page.button(starting(TIME)).await?.click().await?;
    walk.sees_dishes().await?;
    inspection.look(turn).await?;
    walk.comes_to_guests().await?;
    inspection.look(turn + 1).await?;
    walk.press(words.next).await?;
    walk.page.alert(words.missing).await?;
    inspection.look(turn).await?;
    walk.fill_guests().await?;
    inspection.look(turn + 1).await?;
    walk.consent().await?;
    walk.press(words.confirm).await?;
    let booked = walk.booked(night).await?;
    inspection.look(turn).await?;
    walk.page.open_ready(&booked.link).await?;
    walk.page.shows(words.confirmed).await?;
    inspection.look(turn + 1).await?;
    inspection.ends()
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
