//! The menu one can play with: filtered, shared, taken back, by touch and by keyboard alone.

use thirtyfour::Key;

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::{Element, PATIENCE, Scope, wait_until},
    flow::Flow,
    page::Page,
};

const MENU: &str = "/es/menu/";

/// A dish with milk in it, one whose recipe does not mention milk, and one that may contain some.
const WITH_MILK: &str = "Carimañolas de queso";
const SILENT: &str = "Patacón con hogao";
const MAYBE: &str = "Jardín de cocadas";

/// The headings of a part of the page, in the order of its reading.
async fn headings(page: &Page) -> Outcome<Vec<String>> {
    let script = "
        return [...document.querySelectorAll('main :is(h2, h3)')]
            .filter((heading) => heading.checkVisibility())
            .map((heading) => heading.textContent.trim())";
    let found = page.script(script, &[]).await?;
    Ok(serde_json::from_value(found)?)
}

/// What the page says it shows, once it says so.
async fn counts(page: &Page, words: &str) -> Outcome {
    page.shows(words).await
}

async fn allergen(page: &Page, name: &str) -> Outcome<Element> {
    let group = page.group("Sin").await?;
    page.within(&group).checkbox(name).await
}

async fn is_gone(page: &Scope, name: &str) -> Outcome {
    let gone = async || Ok(page.link(name).await.is_err().then_some(()));
    wait_until(PATIENCE, gone)
        .await?
        .ok_or_else(|| Failure::new(format!("“{name}” is still there.")))
}

#[tokio::test]
async fn what_a_guest_avoids_is_hidden_and_what_may_contain_it_stands_last() -> Outcome {
    Flow::named("what_a_guest_avoids_is_hidden_and_what_may_contain_it_stands_last")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(MENU).await?;
            page.shows("20 platos").await?;
            allergen(page, "leche").await?.click().await?;
            counts(page, "14 de 20 platos").await?;
            page.arrives_at("/es/menu/?sin=leche").await?;
            let read = headings(page).await?;
            let at = |name: &str| read.iter().position(|heading| heading == name);
            assert_eq!(at(WITH_MILK), None, "{read:?}");
            let warning = at("Pueden contenerlo");
            assert!(warning > at(SILENT) && at(MAYBE) > warning, "{read:?}");
            page.shows("No quiere decir que no esté: pregunte a la cocina.")
                .await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn back_takes_the_filter_off_and_one_tap_does_too() -> Outcome {
    Flow::named("back_takes_the_filter_off_and_one_tap_does_too")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/visita/").await?;
            page.open_ready(MENU).await?;
            allergen(page, "gluten").await?.click().await?;
            page.arrives_at("/es/menu/?sin=gluten").await?;
            // A second choice is no second entry: Back would have to be pressed for each.
            let diet = page.group("Dieta").await?;
            page.within(&diet).radio("Vegano").await?.click().await?;
            page.arrives_at("/es/menu/?dieta=vegana&sin=gluten").await?;
            page.back().await?;
            page.arrives_at(MENU).await?;
            counts(page, "20 platos").await?;
            assert!(!allergen(page, "gluten").await?.is_chosen().await?);
            page.back().await?;
            page.arrives_at("/es/visita/").await?;
            page.open_ready("/es/menu/?sin=gluten&dieta=vegana").await?;
            page.button("Quitar filtros").await?.click().await?;
            page.arrives_at(MENU).await?;
            counts(page, "20 platos").await?;
            page.no_button("Quitar filtros").await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_filtered_menu_is_shared_in_either_language() -> Outcome {
    Flow::named("a_filtered_menu_is_shared_in_either_language")
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/menu/?sin=mariscos&dieta=vegetariana")
                .await?;
            assert!(allergen(page, "mariscos").await?.is_chosen().await?);
            let shown = headings(page).await?;
            let languages = page.navigation("Idioma").await?;
            page.within(&languages)
                .link("English")
                .await?
                .click()
                .await?;
            page.arrives_at("/en/menu/?sin=mariscos&dieta=vegetariana")
                .await?;
            let group = page.group("Without").await?;
            let seafood = page.within(&group).checkbox("seafood").await?;
            assert!(seafood.is_chosen().await?);
            // The dishes keep their Spanish names.
            let dishes = |read: &[String]| read.iter().filter(|one| one.starts_with("Ber")).count();
            assert_eq!(dishes(&headings(page).await?), dishes(&shown));
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_search_forgives_accents_and_keeps_the_field() -> Outcome {
    Flow::named("a_search_forgives_accents_and_keeps_the_field")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(MENU).await?;
            let field = page.searchbox("Buscar un plato o un ingrediente").await?;
            field.fill("PINA").await?;
            counts(page, "1 de 20 platos").await?;
            page.link("Jugo de carambolo con piña").await?;
            page.arrives_at("/es/menu/?buscar=PINA").await?;
            // Enter would load the page anew where a form is not taken care of.
            page.script("window.marker = true", &[]).await?;
            page.press_key(Key::Enter).await?;
            field.fill("zanahoria").await?;
            page.shows("Ningún plato pasa este filtro.").await?;
            let marker = page.script("return window.marker ?? null", &[]).await?;
            assert_eq!(marker, true, "the page was loaded anew");
            page.attends("searchbox", "Buscar un plato o un ingrediente")
                .await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn the_filter_is_used_by_keyboard_alone() -> Outcome {
    const WHY: &str = "Tab skips checkboxes there, as the system's own setting says";
    Flow::named("the_filter_is_used_by_keyboard_alone")
        .not_in(Engine::WebKit, WHY)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(MENU).await?;
            let field = page.searchbox("Buscar un plato o un ingrediente").await?;
            field.raw().focus().await?;
            page.press_key(Key::Tab).await?;
            page.attends("radio", "Todo").await?;
            page.press_key(Key::Right).await?;
            page.attends("radio", "Vegetariano").await?;
            page.arrives_at("/es/menu/?dieta=vegetariana").await?;
            page.press_key(Key::Tab).await?;
            page.attends("checkbox", "mariscos").await?;
            page.press_key(Key::Space).await?;
            page.arrives_at("/es/menu/?dieta=vegetariana&sin=mariscos")
                .await?;
            // What has the focus can be seen to have it, though the box itself is painted by its label.
            let outline = "
                return getComputedStyle(document.activeElement.closest('label')).outlineStyle";
            assert_eq!(page.script(outline, &[]).await?, "solid");
            page.no_console_errors().await
        })
        .await
}

/// A phone on a weak network shows the page long before the app: what is ticked meanwhile counts.
#[tokio::test]
async fn what_is_ticked_before_the_app_comes_is_not_lost() -> Outcome {
    const TICK: &str = "
        const milk = document.querySelector('#filter input[value=leche]');
        if (milk) milk.click();";
    Flow::named("what_is_ticked_before_the_app_comes_is_not_lost")
        .before_the_app(TICK)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(MENU).await?;
            counts(page, "14 de 20 platos").await?;
            page.arrives_at("/es/menu/?sin=leche").await?;
            is_gone(page, WITH_MILK).await?;
            page.no_console_errors().await
        })
        .await
}

/// The menu's data did not come: the page says so, and the whole menu stands there.
#[tokio::test]
async fn without_its_data_the_menu_says_that_nothing_is_filtered() -> Outcome {
    const NO_DATA: &str = "
        const own = window.fetch;
        window.fetch = (what, how) => String(what.url ?? what).includes('carte.json')
            ? Promise.reject(new TypeError('no network'))
            : own(what, how);";
    Flow::named("without_its_data_the_menu_says_that_nothing_is_filtered")
        .before_the_app(NO_DATA)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(MENU).await?;
            page.shows("El filtro no cargó. Aquí abajo está la carta completa.")
                .await?;
            page.link(WITH_MILK).await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn the_menu_and_a_table_for_eight_print_on_one_sheet() -> Outcome {
    const WHY: &str = "sheets are counted in Chromium's printing; the style is the same";
    let table = "/en/menu/#table=8&1=ceviche-de-corvina,posta-cartagenera,arroz-con-leche,\
                 jugo-de-corozo&8=ceviche-de-corvina,posta-cartagenera,arroz-con-leche,jugo-de-corozo";
    Flow::named("the_menu_and_a_table_for_eight_print_on_one_sheet")
        .not_in(Engine::Firefox, WHY)
        .not_in(Engine::WebKit, WHY)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(table).await?;
            page.shows("8 places").await?;
            assert_eq!(page.sheets().await?, 1);
            // A count that cannot be more than one proves nothing.
            page.open_ready("/en/story/").await?;
            assert!(page.sheets().await? > 1);
            page.no_console_errors().await
        })
        .await
}
