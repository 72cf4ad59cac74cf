//! How soon the menu shows what a filter asks. The page is the real one; its dishes are repeated until there
//! are as many as the line says, in the page and in its data.

use serde_json::Value;

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    middle_and_most,
    page::Page,
    slow_down,
};

/// Menus of the sizes the figures are promised for.
const MENUS: [(&str, &str); 2] = [
    ("pace_of_forty_dishes", "40"),
    ("pace_of_a_thousand_dishes", "1000"),
];

/// Repeats the dishes before the app sees them.
const REPEAT: &str = "
    const wanted = Number(new URLSearchParams(location.search).get('dishes'));
    const shown = [...document.querySelectorAll('.menu-list article')];
    for (let n = shown.length; wanted && n < wanted; n += 1) {
        const one = shown[n % shown.length];
        const copy = one.cloneNode(true);
        copy.id = `${one.id}-${n}`;
        one.parentElement.append(copy);
    }
    // As the prerenderer marks a menu of that size.
    document.querySelector('.menu-list')?.classList.toggle('menu-list-long', wanted > 100);
    const own = window.fetch;
    window.fetch = async (what, how) => {
        const answer = await own(what, how);
        if (!wanted || !String(what.url ?? what).endsWith('carte.json')) return answer;
        const carte = await answer.json();
        const { length } = carte.dishes;
        for (let n = length; n < wanted; n += 1) {
            const one = carte.dishes[n % length];
            carte.dishes.push({ ...one, id: `${one.id}-${n}` });
        }
        return new Response(JSON.stringify(carte), answer);
    };";

/// Milliseconds from a deed to the frame after it, for each of many deeds of two kinds.
const MEASURE: &str = "
    const done = arguments[arguments.length - 1];
    const shown = () => new Promise((over) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = over;
        channel.port2.postMessage(0);
    }));
    const rest = (ms) => new Promise((over) => setTimeout(over, ms));
    const time = async (deed) => {
        await rest(600);
        await shown();
        const start = performance.now();
        deed();
        await shown();
        return performance.now() - start;
    };
    (async () => {
        const boxes = [...document.querySelectorAll('#filter input[type=checkbox]')];
        const field = document.querySelector('#filter input[type=search]');
        const ticks = [], keys = [];
        for (let n = 0; n < 20; n += 1) ticks.push(await time(() => boxes[n % 5].click()));
        document.querySelector('#filter').reset();
        for (const text of ['c', 'co', 'coc', 'coco', 'coc', 'co', 'c', '', 'p', 'pi', 'pin', 'pina']) {
            keys.push(await time(() => {
                field.value = text;
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            }));
        }
        done({ dishes: document.querySelectorAll('.menu-list article').length, ticks, keys });
    })();";

/// The table of the menu's filter.
pub async fn report() -> Outcome<String> {
    let mut report = String::from(
        "## The filter of the menu\n\nMilliseconds from a deed to the frame after it, the processor \
         slowed down four times: median / longest.\n\n\
         | dishes | a box is ticked | a key is pressed |\n|---|---|---|\n",
    );
    for (name, dishes) in MENUS {
        let line = std::sync::Mutex::new(String::new());
        Flow::named(name)
            .before_the_app(REPEAT)
            .run(async |scene| {
                let found = pace(&scene.page, dishes).await?;
                if let Ok(mut line) = line.lock() {
                    *line = found;
                }
                Ok(())
            })
            .await?;
        report += &line.into_inner().unwrap_or_default();
    }
    Ok(report)
}

async fn pace(page: &Page, dishes: &str) -> Outcome<String> {
    page.open_ready(&format!("/es/menu/?dishes={dishes}"))
        .await?;
    // The table stands there once the data has come.
    page.shows("Arme su mesa").await?;
    slow_down(page).await?;
    page.driver()
        .set_script_timeout(std::time::Duration::from_mins(2))
        .await?;
    let times = page.script_async(MEASURE, &[]).await?;
    if times
        .get("dishes")
        .and_then(Value::as_u64)
        .map(|count| count.to_string())
        .as_deref()
        != Some(dishes)
    {
        return Err(Failure::new(format!(
            "The page has not {dishes} dishes: {times}"
        )));
    }
    let [ticks, keys] = ["ticks", "keys"].map(|kind| said(&times, kind));
    Ok(format!("| {dishes} | {ticks} | {keys} |\n"))
}

fn said(times: &Value, kind: &str) -> String {
    let list = times.get(kind).and_then(Value::as_array);
    let list = list.into_iter().flatten().filter_map(Value::as_f64);
    let (median, longest) = middle_and_most(list.collect());
    format!("{median:.0} / {longest:.0}")
}
