//! A table is booked, in both languages: what the visitor reads on every page, and what is kept.

use serde_json::Value;

use crate::{
    api::{Night, Seating, text},
    failure::{Failure, Outcome},
    find::{PATIENCE, containing_all, starting, wait_until},
    flow::{Flow, Scene},
    flows::{
        walk::{GUEST, Walk, line_after},
        words::{EN, ES, Words},
    },
    page::Page,
};

#[tokio::test]
async fn booking_in_spanish() -> Outcome {
    Flow::named("booking_in_spanish")
        .sampled()
        .run(async |scene| books(scene, &ES).await)
        .await
}

#[tokio::test]
async fn booking_in_english() -> Outcome {
    Flow::named("booking_in_english")
        .run(async |scene| books(scene, &EN).await)
        .await
}

async fn books(scene: &mut Scene, words: &'static Words) -> Outcome {
    let walk = Walk::of(scene, words);
    let page = walk.page;
    page.open_ready(words.book).await?;
    reads(&walk, 1, words.titles.party).await?;
    walk.choose_party().await?;
    reads(&walk, 2, words.titles.night).await?;
    let night = first_free_night(&walk).await?;
    reads(&walk, 3, words.titles.time).await?;
    the_menu_is_on_its_way(page).await?;
    let seating = earliest(&walk, night).await?;
    let button = page.button(starting(&seating.time)).await?;
    let name = button.name().await?;
    assert!(name.ends_with(words.free), "“{name}” tells its state");
    button.click().await?;
    walk.sees_dishes().await?;
    reads(&walk, 4, words.titles.dishes).await?;
    hold_sentence(&walk).await?;
    walk.comes_to_guests().await?;
    reads(&walk, 5, words.titles.guests).await?;
    walk.bar_says(&[&words.party(4), &seating.time]).await?;
    walk.fill_guests().await?;
    reads(&walk, 6, words.titles.check).await?;
    page.shows(words.nothing_booked).await?;
    for answer in GUEST {
        page.shows(answer).await?;
    }
    walk.consent().await?;
    walk.press(words.confirm).await?;
    let booked = walk.booked(night).await?;
    page.shows(words.trial).await?;
    page.shows(words.trial_over).await?;
    page.shows(&words.party(4)).await?;
    for part in words.night_parts(night) {
        page.heading(containing_all([part, seating.time.clone()]))
            .await?;
    }
    let known = walk.api.reservation(&booked.access).await?;
    assert_eq!(text(&known, "reference")?, booked.reference);
    assert_eq!(text(&known, "status")?, "CONFIRMED");
    assert_eq!(known.get("partySize"), Some(&4.into()));
    let slot = known.pointer("/slot/id").and_then(Value::as_str);
    assert_eq!(slot, Some(seating.id.as_str()));
    nothing_personal_is_kept(page).await?;
    back_never_shows_the_form(&walk).await?;
    page.reload().await?;
    page.is_ready().await?;
    let again = line_after(page, words.reference).await?;
    assert_eq!(again, booked.reference, "a reload shows the same reference");
    page.no_console_errors().await
}

/// The dishes come next. A menu that came while they are on show moved the button under the thumb that
/// was about to press it.
async fn the_menu_is_on_its_way(page: &Page) -> Outcome {
    const ASKED: &str = r"
        return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/carte.json'))";
    let asked = async || {
        let asked = page.script(ASKED, &[]).await?;
        Ok(asked.as_bool().filter(|asked| *asked))
    };
    assert_eq!(wait_until(PATIENCE, asked).await?, Some(true));
    Ok(())
}

/// What every page of the wizard says: that this is a trial, which step it is, what it asks.
async fn reads(walk: &Walk<'_>, step: u8, title: &str) -> Outcome {
    walk.page.heading(title).await?;
    walk.page.shows(walk.words.trial).await?;
    walk.page.shows(&(walk.words.step_count)(step)).await?;
    let lang = "return document.documentElement.lang";
    assert_eq!(walk.page.script(lang, &[]).await?, walk.words.code);
    Ok(())
}

/// Takes the night the page itself proposes; the calendar has it too, read whole.
async fn first_free_night(walk: &Walk<'_>) -> Outcome<Night> {
    let free = walk.api.free_nights(walk.party).await?;
    let Some(night) = free.first().copied() else {
        return Err(Failure::new("The API has no free night."));
    };
    let words = walk.words;
    walk.page.shows(words.first_free).await?;
    for part in words.night_parts(night) {
        walk.page.shows(&part).await?;
    }
    walk.page.button(words.free_night(night)).await?;
    walk.press(words.choose_first).await?;
    walk.sees_times().await?;
    Ok(night)
}

/// The earliest seating: 19:00, but for the hours in which the notice of the first night has
/// run out for it.
async fn earliest(walk: &Walk<'_>, night: Night) -> Outcome<Seating> {
    let seatings = walk.api.seatings(night, walk.party).await?;
    let first = seatings.into_iter().find(|seating| seating.free);
    first.ok_or_else(|| Failure::new("The first free night has no free seating."))
}

async fn hold_sentence(walk: &Walk<'_>) -> Outcome {
    let [before, after] = walk.words.hold;
    let text = walk.page.text().await?;
    let sentence = |minutes: u8| text.contains(&format!("{before}{minutes}{after}"));
    // Ten minutes, of which some seconds may be gone.
    if sentence(10) || sentence(9) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "“{before}9{after}” is nowhere in:\n{text}"
    )))
}

async fn nothing_personal_is_kept(page: &Page) -> Outcome {
    let script =
        "return JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])";
    let kept = page.script(script, &[]).await?;
    let kept = kept.as_str().unwrap_or_default();
    assert!(
        kept.contains("interno.booking"),
        "the tab keeps the booking: {kept}"
    );
    let [given, family, email, phone] = GUEST;
    for word in [given, family, email, phone]
        .iter()
        .flat_map(|value| value.split(' '))
    {
        assert!(
            word.len() < 4 || !kept.contains(word),
            "“{word}” is kept: {kept}"
        );
    }
    Ok(())
}

/// Watches every frame for a form, however short its life.
const WATCH: &str = r"
    window.formsSeen = 0;
    window.wentBack = 0;
    addEventListener('popstate', () => { window.wentBack += 1; });
    window.framesSeen = 0;
    const look = () => {
        window.framesSeen += 1;
        if (document.querySelector('main form, main input')) window.formsSeen += 1;
        requestAnimationFrame(look);
    };
    look();
";

async fn back_never_shows_the_form(walk: &Walk<'_>) -> Outcome {
    let page = walk.page;
    page.script(WATCH, &[]).await?;
    let done = walk.at(walk.words.steps.done);
    for step in 1..=4 {
        page.back().await?;
        let went = wait_until(PATIENCE, async || {
            let went = page.script("return window.wentBack", &[]).await?;
            Ok((went == step).then_some(()))
        });
        if went.await?.is_none() {
            return Err(Failure::new(format!("Back number {step} went nowhere.")));
        }
        page.arrives_at(&done).await?;
        page.heading(starting(walk.words.would_look)).await?;
        two_frames(page).await?;
    }
    let seen = page.script("return window.formsSeen", &[]);
    assert_eq!(seen.await?, 0, "no form in any frame after Back");
    Ok(())
}

/// Waits until the page was looked at twice more. Where everything is drawn by the processor, a frame of
/// the night behind the gate takes its time.
async fn two_frames(page: &Page) -> Outcome {
    let frames = async || {
        let frames = page.script("return window.framesSeen", &[]).await?;
        Ok::<_, Failure>(frames.as_u64().unwrap_or_default())
    };
    let before = frames().await?;
    let passed = wait_until(PATIENCE, async || {
        Ok((frames().await? >= before + 2).then_some(()))
    });
    passed
        .await?
        .ok_or_else(|| Failure::new("The page is not drawn any more."))
}
