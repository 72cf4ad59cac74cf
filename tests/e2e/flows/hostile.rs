//! What an API, a link or a guest may bring along is text, wherever it is shown: no element, no script, no
//! dialog, nothing that the policy has to stop, and no words turned to the other side.

use octo_double::Habits;
use serde_json::{Value, json};

use super::faults::{AGAIN, FAILED, STRANGE, told};
use crate::{
    api::Night,
    failure::{Failure, Outcome},
    find::{containing_all, starting},
    flow::Flow,
    flows::{
        octo::{choose_night, on_to_guests},
        walk::{GUEST, TIME, Walk, asking_everybody, few_places, with_rule},
        words::ES,
    },
    page::Page,
    proxy::{
        CALENDAR, CANCEL, CONFIRM, Call, EVENING, EXTEND, Fault, Faults, HOLD, READ, Texts, VENUE,
        octo,
    },
};

/// Runs before the app: keeps what the policy stopped, and says what was run.
pub const WATCH: &str = r"
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
    });
    for (const name of ['alert', 'confirm', 'prompt', 'print']) {
        window[name] = () => { window.ran = name; };
    }
";

/// Looks over the whole page. `turned` tells whether marks that turn words are looked for, too.
const LOOK: &str = r"
    const [turned] = arguments;
    const bad = [...window.violations];
    if (window.ran !== undefined) bad.push(`ran: ${window.ran}`);
    const foreign = 'script, iframe, frame, object, embed, base, meta, link, style, template, video, audio, image, ' +
        'animate, set, foreignobject, math, marquee, xss';
    for (const element of document.body.querySelectorAll('*')) {
        const its = element.localName;
        if (its !== 'noscript' && element.matches(foreign)) bad.push(`<${its}>`);
        if (its === 'img' && !element.src.startsWith(location.origin + '/assets/')) bad.push(`img ${element.src}`);
        for (const { name, value } of element.attributes) {
            if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) bad.push(`${its} ${name}=${value}`);
            if (/href$|^src$|^action$/i.test(name) && !/^(https?|mailto|tel|blob):$/.test(new URL(value, location).protocol)) {
                bad.push(`${its} ${name}=${value}`);
            }
        }
    }
    if (getComputedStyle(document.body).direction !== 'ltr') bad.push('the page is turned');
    if (turned && /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent + document.title)) {
        bad.push('words are turned');
    }
    return bad;
";

/// What the API says at the end of every text for people.
const HOSTILE: &str = "</title><img src=x onerror=\"window.ran=1\"><script>window.ran=2</script>\
                       <svg onload=alert(1)>&lt;b&gt;{{7*7}}\u{202e}\u{2066}\u{7}";
/// As much of it as shows that it is there, as text.
const SHOWN: &str = "<img src=x onerror=\"window.ran=1\">";

const NATIVE: [Call; 8] = [
    VENUE, CALENDAR, EVENING, HOLD, EXTEND, CONFIRM, READ, CANCEL,
];
const OCTO: [Call; 9] = [
    octo::PRODUCT,
    octo::CALENDAR,
    octo::AVAILABILITY,
    octo::HOLD,
    octo::EXTEND,
    octo::CONFIRM,
    octo::READ,
    octo::CHANGE,
    octo::CANCEL,
];

async fn look(page: &Page, turned: bool) -> Outcome {
    let bad = page.script(LOOK, &[json!(turned)]).await?;
    if bad == json!([]) {
        return Ok(());
    }
    let path = page.path().await?;
    Err(Failure::new(format!("On {path}: {bad}")))
}

/// Nothing on the page is more than text.
pub async fn is_inert(page: &Page) -> Outcome {
    look(page, false).await
}

/// Nor does anything turn the words around it.
async fn is_text(page: &Page) -> Outcome {
    look(page, true).await
}

fn taint(faults: &Faults, calls: &[Call]) {
    for call in calls {
        faults.always(*call, Fault::Tainted(Texts::ForPeople, HOSTILE));
    }
}

/// Fields are called as the API says, which is in part what is hostile.
async fn fill_guest(walk: &Walk<'_>) -> Outcome {
    for (label, value) in ES.fields.iter().zip(GUEST) {
        let field = walk.page.textbox(starting(label)).await?;
        field.fill(value).await?;
    }
    Ok(())
}

/// A check that cannot fail proves nothing.
#[tokio::test]
async fn the_look_for_what_is_more_than_text_finds_it() -> Outcome {
    Flow::named("the_look_for_what_is_more_than_text_finds_it")
        .before_the_app(WATCH)
        .run(async |scene| {
            let page = &scene.page;
            for planted in [
                "main.append(document.createElement('iframe'))",
                "main.append(Object.assign(document.createElement('a'), { href: 'javascript:1' }))",
                "main.firstElementChild.setAttribute('formaction', '/x')",
                "main.append('a\\u202eb')",
                "alert(1)",
                "document.body.dir = 'rtl'",
                "main.append(Object.assign(new Image(), { src: 'https://elsewhere.example/x.png' }))",
            ] {
                page.open_ready("/es/visita/").await?;
                is_text(page).await?;
                let plant = format!("const main = document.querySelector('main'); {planted}");
                page.script(&plant, &[]).await?;
                assert!(is_text(page).await.is_err(), "{planted} was not seen");
            }
            let _the_picture_was_stopped = page.console().errors().await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_the_api_says_is_text_on_every_step() -> Outcome {
    const RULE: &str = "Los teléfonos se dejan en la entrada.";
    Flow::named("what_the_api_says_is_text_on_every_step")
        .settings(with_rule(RULE))
        .before_the_app(WATCH)
        .through_faults()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            taint(scene.faults()?, &NATIVE);
            walk.to_night().await?;
            page.button(ES.choose_first).await?;
            is_text(page).await?;
            let night = walk.choose_night().await?;
            page.button(starting(TIME)).await?;
            is_text(page).await?;
            walk.take_seating().await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            fill_guest(&walk).await?;
            walk.press(ES.next).await?;
            page.heading("Reglas de la casa").await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            page.checkbox(starting(RULE)).await?.click().await?;
            walk.press(ES.next).await?;
            page.heading(ES.titles.check).await?;
            is_text(page).await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            assert!(
                booked.reference.contains("<script>"),
                "{}",
                booked.reference
            );
            page.link(ES.open_manage).await?.click().await?;
            page.shows(ES.confirmed).await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            walk.press("Cancelar la reserva").await?;
            walk.press("Sí, cancelar la reserva").await?;
            page.focus_says("Reserva cancelada").await?;
            is_text(page).await?;
            page.open_ready("/es/estado/").await?;
            page.heading("Responde").await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn what_the_api_asks_of_everybody_is_text() -> Outcome {
    Flow::named("what_the_api_asks_of_everybody_is_text")
        .settings(asking_everybody())
        .before_the_app(WATCH)
        .through_faults()
        .run(async |scene| {
            let walk = Walk {
                party: 2,
                ..Walk::of(scene, &ES)
            };
            let page = walk.page;
            taint(scene.faults()?, &NATIVE);
            walk.to_time().await?;
            page.heading(starting("Salón")).await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            let seating = containing_all([TIME, "Salón"].map(str::to_owned));
            page.button(seating).await?.click().await?;
            walk.comes_to_guests().await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            // What is missing is said by the names of the fields.
            walk.press(ES.next).await?;
            page.alert(starting("Hay ")).await?;
            is_text(page).await?;
            page.no_console_errors().await
        })
        .await
}

/// Ids, dates and words of the contract are spoilt, too: what cannot be read is said to be so.
const SPOILT: Fault = Fault::Tainted(Texts::All, HOSTILE);
/// And an answer that would not end.
const ENDLESS: Fault = Fault::Swollen(10);

/// The page is loaded while a call is answered like that, and then goes on with `way`.
async fn is_refused(walk: &Walk<'_>, faults: &Faults, call: Call, way: &str) -> Outcome {
    for fault in [SPOILT, ENDLESS] {
        faults.next(call, fault);
        walk.page.reload().await?;
        walk.page.is_ready().await?;
        told(walk, STRANGE, &[]).await?;
        is_text(walk.page).await?;
        walk.press(AGAIN).await?;
        walk.page.button(starting(way)).await?;
    }
    Ok(())
}

/// Somebody else takes the early seating, and the refusal is hostile; so is what comes of a hold.
async fn takes_the_other(walk: &Walk<'_>, faults: &Faults, night: Night) -> Outcome {
    let page = walk.page;
    for seating in walk.api.seatings(night, 4).await? {
        if seating.time == TIME {
            walk.api.hold(&seating.id, 4).await?;
        }
    }
    faults.always(HOLD, SPOILT);
    page.button(starting(TIME)).await?.click().await?;
    page.heading(FAILED).await?;
    is_text(page).await?;
    faults.mended();
    page.reload().await?;
    page.is_ready().await?;
    let [weekday, date] = ES.night_parts(night);
    let other = containing_all(["21:00".to_owned(), weekday, date]);
    page.button(other).await?.click().await?;
    walk.comes_to_guests().await
}

#[tokio::test]
async fn an_answer_that_is_hostile_all_over_is_text_or_refused() -> Outcome {
    Flow::named("an_answer_that_is_hostile_all_over_is_text_or_refused")
        .settings(few_places(4))
        .before_the_app(WATCH)
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            // A venue like this can be read: its words are words.
            faults.next(VENUE, SPOILT);
            page.open_ready(ES.book).await?;
            page.shows(ES.trial).await?;
            is_text(page).await?;
            walk.choose_party().await?;
            page.button(ES.choose_first).await?;
            // The others have days and times in them, and those can not.
            is_refused(&walk, faults, CALENDAR, ES.choose_first).await?;
            let night = walk.choose_night().await?;
            is_refused(&walk, faults, EVENING, TIME).await?;
            takes_the_other(&walk, faults, night).await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            faults.next(CONFIRM, SPOILT);
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            for fault in [SPOILT, ENDLESS] {
                page.driver().goto("about:blank").await?;
                faults.next(READ, fault);
                page.open_ready(&booked.link).await?;
                page.heading(FAILED).await?;
                page.shows(STRANGE).await?;
                is_text(page).await?;
                walk.press(AGAIN).await?;
                page.shows(ES.confirmed).await?;
            }
            super::faults::only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn what_an_octo_api_says_is_text_on_every_step() -> Outcome {
    let habits = Habits {
        children: true,
        ..Habits::default()
    };
    Flow::named("what_an_octo_api_says_is_text_on_every_step")
        .with_octo(habits)
        .before_the_app(WATCH)
        .through_faults()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            taint(scene.faults()?, &OCTO);
            page.open_ready(ES.book).await?;
            page.shows(ES.trial).await?;
            is_text(page).await?;
            page.link("1 persona").await?.click().await?;
            page.heading(ES.titles.night).await?;
            page.button(ES.choose_first).await?;
            is_text(page).await?;
            let night = choose_night(&walk, 4).await?;
            let seating = page.button(starting(TIME)).await?;
            is_text(page).await?;
            seating.click().await?;
            on_to_guests(&walk).await?;
            walk.type_guest().await?;
            let adult = page.script(ADULT, &[]).await?;
            let adult = adult.as_str().unwrap_or_default().to_owned();
            assert!(adult.contains(SHOWN), "{adult}");
            page.combobox("Edad").await?.choose(&adult).await?;
            is_text(page).await?;
            walk.press(ES.next).await?;
            page.heading(ES.titles.check).await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            let consent = starting("Acepto que el restaurante use mis datos, y los de quienes");
            page.checkbox(consent).await?.click().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            assert!(
                booked.reference.contains("<script>"),
                "{}",
                booked.reference
            );
            is_text(page).await?;
            page.link(ES.open_manage).await?.click().await?;
            page.shows(ES.confirmed).await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            page.open_ready("/es/estado/").await?;
            page.heading("Responde").await?;
            page.shows(SHOWN).await?;
            is_text(page).await?;
            page.no_console_errors().await
        })
        .await
}

/// The words of the entry for adults, as the API has them.
const ADULT: &str = "
    return [...document.querySelectorAll('option')]
        .map((option) => option.textContent).find((words) => words.startsWith('Adulto'));
";

/// A list of texts out of a fixture.
pub fn texts(json: &str) -> Outcome<Vec<String>> {
    let values: Value = serde_json::from_str(json)?;
    let values = values.as_array().into_iter().flatten();
    Ok(values
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect())
}
