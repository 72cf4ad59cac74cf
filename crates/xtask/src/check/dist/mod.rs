//! The release as a new operator has it: laid out as `cargo xtask dist` does, started from an empty folder by what is in
//! it, with Debian's nginx in front, and a table booked there over HTTPS.
//!
//! The server is the one of the other tests: compiling one for use takes minutes and would show nothing more.

mod book;
mod client;
mod house;
mod papers;

use std::{collections::BTreeSet, fs, net::Ipv4Addr, path::Path};

use book::Booking;
use client::{Answer, Client};
use house::House;

use super::{Bench, report::Tally};
use crate::{
    dist::{self, Address, EXAMPLE},
    program::Program,
    tools::front,
    trouble::{OrSay, Outcome, Trouble},
    workspace::Workspace,
};

/// What browsers are told by every answer, whatever it is and whoever gives it.
const ALWAYS: [&str; 4] = [
    "content-security-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
];

/// A page, and a query that is nobody's business.
const PAGE: &str = "/es/menu/";
const QUERY: &str = "?sin=nueces-canario";

/// Calls until the limit of writing has to have been met, whatever their headers say.
const STUBBORN: u8 = 90;

/// Lays a release out and does with it what an operator and a guest do.
pub fn release(bench: &Bench) -> Outcome<Tally> {
    let workspace = bench.workspace;
    let nginx = front::ensure()?;
    let place = workspace.target().join("dist-test");
    let folder = place.join("release");
    dist::empty(&folder)?;
    let address = Address::of(&["https://", EXAMPLE].concat())?;
    site(workspace, &folder.join("site"))?;
    let server = workspace.binary("reservation-server");
    dist::lay_out(workspace, &address, "interno-test", &server, &folder)?;
    let mut house = House::prepare(&place)?;
    let mut tally = Tally::default();
    let mut held = |what: &str, outcome: Outcome| {
        outcome.map_err(|trouble| Trouble::new(format!("{what}: {trouble}")))?;
        println!("    {what}");
        tally += Tally::ONE_PASSED;
        Ok::<_, Trouble>(())
    };
    held("every path that is named is there", papers::paths(&folder))?;
    held(
        "the page of nginx has its own style",
        papers::style(&folder),
    )?;
    held("systemd reads the unit", papers::unit(&house))?;
    house.start_server(workspace)?;
    house.start_front(&nginx)?;
    house.leave_no_room()?;
    let certificate = house.certificate_file();
    let client = house.client(&certificate);
    held("HTTPS, by HTTP/2, and nothing else", encrypted(&client))?;
    held("each answer is safe, once", safe(&client))?;
    held(
        "files travel as they were pressed",
        pressed(&client, &house),
    )?;
    held("what a browser has is not sent again", known(&client))?;
    let mut booking = Booking::default();
    held("a table is booked", booking.book(&client))?;
    held("the house finds it", booking.at_the_desk(&house))?;
    held("what is sent stays in memory", in_memory(&client))?;
    held("a forged address changes nothing", forged(&client))?;
    house.stop_server()?;
    held("without a server there are words", away(&client))?;
    house.start_server(workspace)?;
    held(
        "the table is still there, and is given back",
        booking.cancel(&client),
    )?;
    house.stop()?;
    held("logs know nobody", quiet(&house, &booking))?;
    clear_away(&house)?;
    Ok(tally)
}

/// The site of the other tests, which promises no HTTPS where it is: with that promise, as one that is built for it.
fn site(workspace: &Workspace, folder: &Path) -> Outcome {
    let tested = workspace.test_dist();
    if !tested.join("index.html").exists() {
        return Err(Trouble::new(
            "There is no site to lay out: run the stage `site` first, or all.",
        ));
    }
    Program::new("cp").arg("-R").arg(tested).arg(folder).run()?;
    let file = folder.join("_headers");
    let headers = dist::read(&file)?;
    let none = "# No Strict-Transport-Security: the site was built for an address without HTTPS.";
    let promise = "Strict-Transport-Security: max-age=31536000";
    dist::write(&file, dist::replaced(&headers, none, promise)?)
}

fn encrypted(client: &Client) -> Outcome {
    let page = client.get(PAGE, &[])?.with(200)?;
    expected(&page.protocol, "HTTP/2")?;
    let old = client.get(PAGE, &["--http1.1"])?.with(200)?;
    expected(&old.protocol, "HTTP/1.1")?;
    let plain = ["http://", EXAMPLE, PAGE, QUERY].concat();
    let led = client.ask(&plain, &[])?.with(301)?;
    let secure = ["https://", EXAMPLE, PAGE, QUERY].concat();
    expected(led.header("location")?, &secure)
}

/// One policy, one promise of HTTPS: of pages, of what is not there, of the API.
fn safe(client: &Client) -> Outcome {
    for (path, status) in [
        (PAGE, 200),
        ("/nowhere/", 404),
        ("/api/v1/health", 200),
        ("/api/v1/nothing", 404),
    ] {
        is_safe(&client.get(path, &[])?.with(status)?)?;
    }
    Ok(())
}

fn is_safe(answer: &Answer) -> Outcome {
    for name in ALWAYS {
        answer.header(name)?;
    }
    expected(answer.header("x-content-type-options")?, "nosniff")?;
    expected(
        answer.header("strict-transport-security")?,
        "max-age=31536000",
    )
}

fn pressed(client: &Client, house: &House) -> Outcome {
    let wishes = ["--header", "Accept-Encoding: br"];
    let head = client.get(PAGE, &[&wishes[..], &["--head"]].concat())?;
    expected(head.header("content-encoding")?, "br")?;
    let came = house.place().join("came.br");
    client.fetch(PAGE, &wishes, &came)?;
    let ours = house.release().join("site/es/menu/index.html.br");
    let bytes = |file| fs::read(file).or_say(|| "compare a page".to_owned());
    if bytes(&came)? != bytes(&ours)? {
        return Err(Trouble::new("A page came otherwise than it was pressed."));
    }
    // Whoever understands no compression gets none, from nginx neither.
    let whole = client.get(PAGE, &[])?.with(200)?;
    if whole.header("content-encoding").is_ok() {
        return Err(Trouble::new(
            "A page came compressed that nobody wanted so.",
        ));
    }
    Ok(())
}

fn known(client: &Client) -> Outcome {
    for (path, named, asked) in [
        ("/api/v1/venues/interno", "etag", "If-None-Match: "),
        (PAGE, "last-modified", "If-Modified-Since: "),
    ] {
        let first = client.get(path, &[])?.with(200)?;
        let asked = [asked, first.header(named)?].concat();
        client.get(path, &["--header", &asked])?.with(304)?;
    }
    Ok(())
}

/// Nearly as much as the server reads. nginx has nowhere to put it but its memory, and the server refuses it itself.
fn in_memory(client: &Client) -> Outcome {
    let much = serde_json::json!({ "slotId": "x".repeat(60_000), "partySize": 2, "locale": "es" });
    let headers = ["Idempotency-Key: a-key-of-the-long-words".to_owned()];
    let path = "/venues/interno/reservations";
    let long = client.send("POST", path, &headers, Some(&much))?;
    if long.status >= 500 {
        return Err(Trouble::new(format!("{} came: {}", long.status, long.body)));
    }
    let more = serde_json::json!({ "slotId": "x".repeat(70_000) });
    let refused = client
        .send("POST", path, &headers, Some(&more))?
        .with(413)?;
    expected(refused.header("content-type")?, "application/problem+json")
}

/// Somebody who says to be somebody else with every call meets the limit all the same, and nobody else does.
fn forged(client: &Client) -> Outcome {
    let write = |from: Ipv4Addr, forged: &str| {
        let headers = ["X-Forwarded-For: ", forged].concat();
        let from = from.to_string();
        let options = [
            "--request",
            "POST",
            "--interface",
            &from,
            "--header",
            &headers,
        ];
        Ok(client
            .get("/api/v1/reservations/none/cancel", &options)?
            .status)
    };
    let (stubborn, other) = (Ipv4Addr::new(127, 0, 0, 3), Ipv4Addr::new(127, 0, 0, 4));
    let mut met = BTreeSet::new();
    for last in 0..STUBBORN {
        met.insert(write(stubborn, &format!("203.0.113.{last}"))?);
        if met.contains(&429) {
            break;
        }
    }
    if !met.contains(&429) {
        return Err(Trouble::new(format!(
            "Whoever forges an address is not stopped: {met:?}."
        )));
    }
    match write(other, "127.0.0.3")? {
        404 => Ok(()),
        status => Err(Trouble::new(format!(
            "Somebody else was taken for the one who was stopped, and met {status}."
        ))),
    }
}

fn away(client: &Client) -> Outcome {
    let page = client.get(&[PAGE, QUERY].concat(), &[])?.with(502)?;
    is_safe(&page)?;
    expected(page.header("content-type")?, "text/html; charset=utf-8")?;
    page.header("retry-after")?;
    for words in ["Volvemos en un momento", "Back in a moment"] {
        if !page.body.contains(words) {
            return Err(Trouble::new(format!("The page does not say `{words}`.")));
        }
    }
    let call = client.get("/api/v1/venues/interno", &[])?.with(502)?;
    is_safe(&call)?;
    expected(call.header("content-type")?, "application/problem+json")?;
    expected(&call.text("/type")?, "about:blank")
}

/// What guests said, who they are and what they may do is in no log; that they called is.
fn quiet(house: &House, booking: &Booking) -> Outcome {
    let logs = house.logs()?;
    let must = [
        " GET /es/menu/ HTTP/2.0 200 ",
        " GET /es/menu/ HTTP/2.0 502 ",
        " POST /api/... HTTP/2.0 429 ",
        "/api/v1/reservations/{id}/confirm",
    ];
    if let Some(missing) = must.into_iter().find(|told| !logs.contains(told)) {
        return Err(Trouble::new(format!("No log tells `{missing}`.")));
    }
    let mut canaries = booking.canaries();
    canaries.extend(["canario", "127.0.0.3", "127.0.0.4", "203.0.113."].map(str::to_owned));
    match canaries
        .iter()
        .find(|canary| logs.contains(canary.as_str()))
    {
        Some(canary) => Err(Trouble::new(format!("A log tells `{canary}`."))),
        None => Ok(()),
    }
}

/// A copy of the server and of the site is large; the logs stay, for eyes.
fn clear_away(house: &House) -> Outcome {
    for folder in ["release", "data"] {
        let folder = house.place().join(folder);
        fs::remove_dir_all(&folder).or_say(|| format!("remove {}", folder.display()))?;
    }
    Ok(())
}

fn expected(found: &str, wanted: &str) -> Outcome {
    if found == wanted {
        return Ok(());
    }
    Err(Trouble::new(format!(
        "`{wanted}` was expected and `{found}` came."
    )))
}
