//! The harness keeps its own promises: it finds what is there, says what is there when something
//! is not, and brings a server back on the same address.

use crate::{
    failure::{Failure, Outcome},
    find::{containing, starting},
    flow::Flow,
    page::Page,
};

/// The server's own default, given as a file.
const SETTINGS: &str = include_str!("../../../crates/reservation-server/server.toml");

const FORM: &str = r#"
    <title>Form</title>
    <nav aria-label="Top"><a href="/x">Menu</a></nav>
    <nav aria-label="Bottom"><a href="/x">Menu</a></nav>
    <h1>A <em>table</em></h1>
    <div role="status" aria-label="Counter">nothing yet</div>
    <fieldset><legend>How many?</legend>
        <label><input type="radio" name="n" style="opacity:0;position:absolute"><b>Two</b></label>
        <label><input type="radio" name="n"> Three</label>
    </fieldset>
    <label for="name">First <span>name</span></label><input id="name" value="old">
    <input type="checkbox" aria-labelledby="rules"><span id="rules">House rules</span>
    <label>Area <select><option>Patio</option></select></label>
    <button hidden>Go on</button>
    <button onclick="document.querySelector('[role=status]').textContent = 'tapped'">Go on</button>
    <div role="alert" aria-label="Problem">Something is missing</div>
"#;

const SCRIPTED: &str = "data:text/html,<h1>Still here</h1><noscript>Words for this case</noscript>\
    <script>document.querySelector('h1').textContent = 'Replaced'</script>";

#[tokio::test]
async fn finders_find_what_a_screen_reader_would() -> Outcome {
    Flow::named("finders_find_what_a_screen_reader_would")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            write(page, FORM).await?;
            page.heading("A table").await?;
            page.button("Go on").await?.click().await?;
            assert_eq!(page.status("Counter").await?.text().await?, "tapped");
            let two = page.group("How many?").await?;
            let two = page.within(&two).radio("Two").await?;
            two.click().await?;
            assert!(two.is_chosen().await?, "the label was tapped for its radio");
            let name = page.textbox("First name").await?;
            name.fill("Ana").await?;
            assert_eq!(name.value().await?, "Ana");
            let rules = page.checkbox(starting("House")).await?;
            rules.click().await?;
            page.combobox(containing("Area")).await?;
            page.alert("Problem").await?;
            page.no_button("Leave").await?;
            let bottom = page.navigation("Bottom").await?;
            page.within(&bottom).link("Menu").await?;
            let focused = page.focused().await?;
            assert_eq!(&focused, rules.raw(), "a tapped checkbox has the focus");
            // Both wait until their patience ends: together, so that it ends once.
            let (two, none) = tokio::join!(page.link("Menu"), page.button("Stop"));
            said(two, "There are 2 of link “Menu”")?;
            said(none, "button “Go on”")
        })
        .await
}

#[tokio::test]
async fn no_script_runs_where_none_may() -> Outcome {
    Flow::named("no_script_runs_where_none_may")
        .sampled()
        .without_javascript()
        .run(async |scene| {
            let page = &scene.page;
            page.driver().goto(SCRIPTED).await?;
            assert_eq!(
                page.heading("Still here").await?.text().await?,
                "Still here"
            );
            page.shows("Words for this case").await
        })
        .await
}

/// Faults of a page that is just being loaded, before any test could ask for anything.
const FAULTY: &str = "
    console.warn('only a warning');
    console.error('told by the page');
    Promise.reject(new Error('rejected by the page'));
    setTimeout(() => { throw new Error('thrown by the page'); });
";

#[tokio::test]
async fn console_errors_are_seen() -> Outcome {
    Flow::named("console_errors_are_seen")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/").await?;
            page.no_console_errors().await?;
            page.script("console.error('something broke')", &[]).await?;
            said(page.no_console_errors().await, "something broke")?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn console_errors_of_loading_are_seen() -> Outcome {
    Flow::named("console_errors_of_loading_are_seen")
        .sampled()
        .before_the_app(FAULTY)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/").await?;
            let errors = page.console().errors().await?.join("\n");
            for words in [
                "told by the page",
                "rejected by the page",
                "thrown by the page",
            ] {
                assert!(errors.contains(words), "“{words}” is not in:\n{errors}");
            }
            assert!(
                !errors.contains("only a warning"),
                "no warning is an error:\n{errors}"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_server_comes_back_on_the_same_address() -> Outcome {
    Flow::named("the_server_comes_back_on_the_same_address")
        .settings(SETTINGS)
        .run(async |scene| {
            scene.page.open("/es/").await?;
            scene.site.stop().await?;
            // Some drivers say that nothing came, others only show the browser's own page.
            let came = scene.page.open("/es/").await.is_ok()
                && scene.page.text().await?.contains("INTERNO");
            assert!(!came, "it is stopped");
            scene.site.start().await?;
            scene.site.kill().await?;
            scene.site.start().await?;
            scene.page.open("/en/").await?;
            scene.page.arrives_at("/en/").await?;
            scene.page.back().await?;
            scene.page.reload().await
        })
        .await
}

/// Puts markup into an empty document, where no policy of the site applies.
async fn write(page: &Page, html: &str) -> Outcome {
    page.driver().goto("about:blank").await?;
    let script = "document.body.innerHTML = arguments[0]";
    page.script(script, &[html.into()]).await?;
    Ok(())
}

/// The failure that was expected, by a part of its words.
fn said<T>(outcome: Outcome<T>, words: &str) -> Outcome {
    match outcome {
        Ok(_) => Err(Failure::new(format!("Nothing failed with “{words}”."))),
        Err(failure) if failure.to_string().contains(words) => Ok(()),
        Err(failure) => Err(failure.while_doing(&format!("Other words than “{words}”"))),
    }
}
