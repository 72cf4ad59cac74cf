//! What a hand, an eye and an ear need, on every page and in every step: targets as large as a finger, a
//! focus that is seen under the bar that stays, a language said for what is foreign, colours that the system
//! chose, and nothing that moves for whom asked for stillness.
//!
//! In Chromium only: boxes, colours and languages come from the same HTML and CSS in every engine, and only
//! Chromium is told by its driver what the system asks for.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::starting,
    flow::{Flow, Scene},
    flows::{
        senses_scripts::{FOREIGN, LARGE_ENOUGH, QUIET_AND_CLEAR, SEEN_WITH_FOCUS},
        walk::{TIME, Walk},
        words::{EN, ES, Words},
    },
    page::Page,
    site::Site,
};

const WHY: &str =
    "boxes and languages are the same in every engine, and colours are chosen by Chromium's driver";

/// Looks at pages, and keeps what was found until the end.
struct Senses<'a> {
    page: &'a Page,
    found: Vec<String>,
}

impl<'a> Senses<'a> {
    fn of(scene: &'a Scene) -> Self {
        Self {
            page: &scene.page,
            found: Vec::new(),
        }
    }

    /// Looks at the page as it is.
    async fn look(&mut self) -> Outcome {
        asks_of_the_system(self.page, "none", "no-preference").await?;
        // Whoever used a key last is shown the focus, also when it is put somewhere by a script.
        self.page.press_key(Key::Shift).await?;
        for script in [LARGE_ENOUGH, FOREIGN, SEEN_WITH_FOCUS] {
            self.ask(script).await?;
        }
        asks_of_the_system(self.page, "active", "reduce").await?;
        self.ask(QUIET_AND_CLEAR).await
    }

    async fn ask(&mut self, script: &str) -> Outcome {
        let path = self.page.path().await?;
        let Value::Array(faults) = self.page.script(script, &[]).await? else {
            return Err(Failure::new(format!("{path} was not looked at")));
        };
        let told = faults.iter().map(|fault| format!("{path}: {fault}"));
        self.found.extend(told);
        Ok(())
    }

    fn ends(self) -> Outcome {
        if self.found.is_empty() {
            return Ok(());
        }
        Err(Failure::new(self.found.join("\n")))
    }
}

/// What the visitor's system wishes for from now on.
async fn asks_of_the_system(page: &Page, colours: &str, motion: &str) -> Outcome {
    let features = json!({ "features": [
        { "name": "forced-colors", "value": colours },
        { "name": "prefers-reduced-motion", "value": motion },
    ] });
    let cdp = page.driver().cdp();
    cdp.send_raw("Emulation.setEmulatedMedia", features).await?;
    let asked = format!("return matchMedia('(forced-colors: {colours})').matches");
    if page.script(&asked, &[]).await? == true {
        return Ok(());
    }
    Err(Failure::new("The browser does not do as it was asked."))
}

fn flow(name: &'static str) -> Flow {
    Flow::named(name)
        .not_in(Engine::Firefox, WHY)
        .not_in(Engine::WebKit, WHY)
}

#[tokio::test]
async fn hand_eye_and_ear_find_their_way_on_every_spanish_page() -> Outcome {
    flow("hand_eye_and_ear_find_their_way_on_every_spanish_page")
        .run(async |scene| every_page(scene, |path| !path.starts_with("/en/")).await)
        .await
}

#[tokio::test]
async fn hand_eye_and_ear_find_their_way_on_every_english_page() -> Outcome {
    flow("hand_eye_and_ear_find_their_way_on_every_english_page")
        .run(async |scene| every_page(scene, |path| path.starts_with("/en/")).await)
        .await
}

#[tokio::test]
async fn hand_eye_and_ear_find_their_way_to_a_table_in_spanish() -> Outcome {
    flow("hand_eye_and_ear_find_their_way_to_a_table_in_spanish")
        .run(async |scene| every_step(scene, &ES).await)
        .await
}

#[tokio::test]
async fn hand_eye_and_ear_find_their_way_to_a_table_in_english() -> Outcome {
    flow("hand_eye_and_ear_find_their_way_to_a_table_in_english")
        .run(async |scene| every_step(scene, &EN).await)
        .await
}

async fn every_page(scene: &Scene, which: impl Fn(&str) -> bool) -> Outcome {
    let pages = Site::pages()?;
    let pages: Vec<_> = pages.iter().filter(|path| which(path)).collect();
    assert!(
        !pages.is_empty(),
        "pages.json names no page of this language"
    );
    let mut senses = Senses::of(scene);
    for path in pages {
        scene.page.open_ready(path).await?;
        senses.look().await?;
    }
    senses.ends()
}

/// The menu with a filter and with a table, and the wizard with what a visitor has answered so far.
async fn every_step(scene: &Scene, words: &'static Words) -> Outcome {
    let mut senses = Senses::of(scene);
    let walk = Walk::of(scene, words);
    let page = walk.page;
    for composed in [
        "/es/menu/?sin=leche",
        "/en/menu/#table=2&1=carimanolas-de-queso",
    ] {
        page.open_ready(composed).await?;
        senses.look().await?;
    }
    walk.to_night().await?;
    page.button(words.choose_first).await?;
    senses.look().await?;
    let night = walk.choose_night().await?;
    page.button(starting(TIME)).await?;
    senses.look().await?;
    page.button(starting(TIME)).await?.click().await?;
    walk.sees_dishes().await?;
    senses.look().await?;
    walk.comes_to_guests().await?;
    walk.press(words.next).await?;
    page.alert(words.missing).await?;
    senses.look().await?;
    walk.fill_guests().await?;
    senses.look().await?;
    walk.consent().await?;
    walk.press(words.confirm).await?;
    let booked = walk.booked(night).await?;
    senses.look().await?;
    page.open_ready(&booked.link).await?;
    page.shows(words.confirmed).await?;
    senses.look().await?;
    senses.ends()
}

/// A check that cannot fail proves nothing.
#[tokio::test]
async fn hand_eye_and_ear_notice_what_is_wrong() -> Outcome {
    flow("hand_eye_and_ear_notice_what_is_wrong")
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/en/").await?;
            // Not by a style attribute, which the page's policy would not let through.
            let spoil = "
                const main = document.querySelector('main');
                const make = (tag, text) => {
                    const made = document.createElement(tag);
                    made.textContent = text;
                    main.prepend(made);
                    return made;
                };
                make('p', 'Se come con las manos.');
                const small = make('button', 'x');
                small.style.cssText = 'border: 0; padding: 0; width: 20px; height: 20px';
                small.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 1e6 });
                const bare = make('button', 'without a ring');
                bare.style.cssText = 'outline: 0; min-height: 50px; min-width: 50px; border: 0';
                const lid = make('div', '');
                lid.style.cssText = 'position: fixed; inset: 0; z-index: 99';
                for (const chosen of ['true', 'false'])
                    make('button', 'one of two').setAttribute('aria-pressed', chosen);";
            page.script(spoil, &[]).await?;
            let mut senses = Senses::of(scene);
            senses.look().await?;
            for fault in [
                "20 × 20",
                "not in its language: Se come con las manos.",
                "covered: button without a ring",
                "no ring: button without a ring",
                "no edge: button without a ring",
                "chosen, and looks like the others: button one of two",
                "moves",
            ] {
                let told = senses.found.iter().find(|one| one.contains(fault));
                assert!(told.is_some(), "{fault} is not among: {:#?}", senses.found);
            }
            Ok(())
        })
        .await
}
