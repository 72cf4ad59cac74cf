//! How soon the wizard's first step answers a tap, on a network that is weak and on one that is poor. Each time
//! is that of a first visit: nothing is kept from the one before.

use std::{fmt::Write as _, sync::Mutex};

use serde_json::{Value, json};

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    flows::words::ES,
    middle_and_most,
    page::Page,
    slow_down,
};

/// What it is called, milliseconds until the first byte of an answer, and bytes a second.
const NETWORKS: [(&str, &str, u32, u32); 2] = [
    ("ready_on_a_weak_network", "150 ms, 200 kB/s", 150, 200_000),
    ("ready_on_poor_roaming", "400 ms, 50 kB/s", 400, 50_000),
];

const VISITS: usize = 5;

/// Notes when the app took over, and when something was first seen.
const NOTE: &str = "
    const root = document.documentElement;
    const note = () => {
        if (root.dataset.app === 'ready') window.readyAt ??= performance.now();
    };
    new MutationObserver(note).observe(root, { attributes: true, attributeFilter: ['data-app'] });
    note();";

const READ: &str = "
    const [seen] = performance.getEntriesByName('first-contentful-paint');
    return [window.readyAt ?? null, seen?.startTime ?? null]";

/// The table of both networks.
pub async fn report() -> Outcome<String> {
    let mut report = String::from(
        "## The wizard's first step\n\nMilliseconds from the address to the first thing seen and to a step that \
         answers, first visit, the processor slowed down four times: median of 5 / longest.\n\n\
         | network | seen | ready |\n|---|---|---|\n",
    );
    for (name, network, latency, speed) in NETWORKS {
        let line = Mutex::new(String::new());
        Flow::named(name)
            .before_the_app(NOTE)
            .run(async |scene| {
                let found = visits(&scene.page, latency, speed).await?;
                if let Ok(mut line) = line.lock() {
                    *line = found;
                }
                Ok(())
            })
            .await?;
        let line = line.into_inner().unwrap_or_default();
        let _ = write!(report, "| {network} |{line}");
    }
    Ok(report)
}

async fn visits(page: &Page, latency: u32, speed: u32) -> Outcome<String> {
    slow_down(page).await?;
    let cdp = page.driver().cdp();
    cdp.send_raw("Network.enable", json!({})).await?;
    let network = json!({
        "offline": false, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed,
    });
    cdp.send_raw("Network.emulateNetworkConditions", network)
        .await?;
    // It would keep for the second visit what the first one paid for.
    let without = json!({ "bypass": true });
    cdp.send_raw("Network.setBypassServiceWorker", without)
        .await?;
    let (mut seen, mut ready) = (Vec::new(), Vec::new());
    for _ in 0..VISITS {
        cdp.send_raw("Network.clearBrowserCache", json!({})).await?;
        page.driver().goto("about:blank").await?;
        page.open_ready(ES.book).await?;
        let times = page.script(READ, &[]).await?;
        let time = |place: usize| {
            let time = times.get(place).and_then(Value::as_f64);
            time.ok_or_else(|| Failure::new(format!("The page noted no times: {times}")))
        };
        ready.push(time(0)?);
        seen.push(time(1)?);
        page.script("sessionStorage.clear(); return true", &[])
            .await?;
    }
    let [seen, ready] = [seen, ready].map(|times| {
        let (median, longest) = middle_and_most(times);
        format!(" {median:.0} / {longest:.0} |")
    });
    Ok(format!("{seen}{ready}\n"))
}
