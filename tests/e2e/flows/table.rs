//! The composed table: from the menu through the wizard into a reservation that holds its dishes.

use serde_json::{Value, json};

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::{PATIENCE, Scope, starting, wait_until},
    flow::Flow,
    flows::{
        walk::{TIME, Walk},
        words::ES,
    },
    page::Page,
};

const HEALTH: &str = "Acepto que la cocina y quienes sirven lean lo que no podemos comer";

/// A guest's place at the table.
async fn place(page: &Page, number: u8) -> Outcome<Scope> {
    let place = page.group(format!("Puesto {number}").as_str()).await?;
    Ok(page.within(&place))
}

/// Opens what a guest does not eat, and ticks something there.
async fn avoids(place: &Scope, what: &str) -> Outcome {
    place
        .disclosure("¿Algo que no come?")
        .await?
        .click()
        .await?;
    place.checkbox(what).await?.click().await
}

/// The table of the menu's page: two guests, of whom one avoids milk and picked a dish with it.
async fn compose(page: &Page) -> Outcome {
    page.open_ready("/es/menu/").await?;
    page.button("Armar la mesa").await?.click().await?;
    page.attends("heading", "Arme su mesa").await?;
    page.button("Agregar un puesto").await?.click().await?;
    let first = place(page, 1).await?;
    first
        .combobox("Entrada")
        .await?
        .choose("Carimañolas de queso")
        .await?;
    first
        .combobox("Postre")
        .await?
        .choose("Arroz con leche con cítricos")
        .await?;
    avoids(&first, "leche").await?;
    page.shows("Carimañolas de queso contiene leche.").await?;
    let second = place(page, 2).await?;
    second
        .combobox("Plato fuerte")
        .await?
        .choose("Berenjenas gratinadas")
        .await
}

fn dishes(answer: &Value) -> Value {
    let guests = answer["dishes"].as_array().cloned().unwrap_or_default();
    guests
        .iter()
        .map(|one| {
            let items = one["items"].as_array().cloned().unwrap_or_default();
            let ids: Vec<Value> = items.iter().map(|item| item["dishId"].clone()).collect();
            json!([one["guest"], one["setId"], ids])
        })
        .collect()
}

#[tokio::test]
async fn a_composed_table_becomes_a_reservation_with_its_dishes() -> Outcome {
    Flow::named("a_composed_table_becomes_a_reservation_with_its_dishes")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            compose(page).await?;
            let bar = page.complementary("Arme su mesa").await?;
            assert!(bar.text().await?.contains("$180.000"));
            page.link("Llevarla a la reserva").await?.click().await?;
            page.arrives_at("/es/reservar/noche/?personas=2").await?;
            let mut walk = Walk::of(scene, &ES);
            walk.party = 2;
            let night = walk.choose_night().await?;
            page.button(starting(TIME)).await?.click().await?;
            page.attends("heading", ES.titles.dishes).await?;
            // Here the table can still be changed; what was chosen stands there.
            let second = place(page, 2).await?;
            let main = second.combobox("Plato fuerte").await?;
            assert_eq!(main.value().await?, "berenjenas-gratinadas");
            second
                .combobox("Bebida")
                .await?
                .choose("Jugo de corozo")
                .await?;
            // What a guest cannot eat is health data, and asks for a consent of its own.
            walk.press(ES.next).await?;
            page.shows("Hay una cosa por corregir").await?;
            page.checkbox(starting(HEALTH)).await?.click().await?;
            walk.press(ES.next).await?;
            walk.sees_guests().await?;
            walk.fill_guests().await?;
            page.shows("Arroz con leche con cítricos").await?;
            // In the guest's own language, though it is sent as a code.
            page.shows("Lo que no pueden comer").await?;
            let read = page.text().await?;
            assert!(
                read.contains("\nleche\n") && !read.contains("milk"),
                "{read}"
            );
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            let kept = walk.api.reservation(&booked.access).await?;
            assert_eq!(
                dishes(&kept),
                json!([
                    [0, "dinner", ["carimanolas-de-queso", "arroz-con-leche"]],
                    [1, "dinner", ["berenjenas-gratinadas", "jugo-de-corozo"]],
                ])
            );
            assert_eq!(
                kept["dietary"],
                json!([{ "guest": 0, "codes": ["milk"], "note": null }])
            );
            page.no_console_errors().await
        })
        .await
}

/// The tab keeps the dishes. What a guest cannot eat is in no storage and in no address.
#[tokio::test]
async fn a_reload_keeps_the_table_and_forgets_what_its_guests_cannot_eat() -> Outcome {
    Flow::named("a_reload_keeps_the_table_and_forgets_what_its_guests_cannot_eat")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            compose(page).await?;
            let told = "
                return location.href + JSON.stringify({ ...sessionStorage, ...localStorage })";
            let told = page.script(told, &[]).await?.to_string();
            assert!(told.contains("carimanolas-de-queso"), "{told}");
            for word in ["milk", "leche\"", "sin="] {
                assert!(!told.contains(word), "{told}");
            }
            // Another page and back: the tab still knows, without an address that says it.
            page.open_ready("/es/menu/").await?;
            let first = place(page, 1).await?;
            let starter = first.combobox("Entrada").await?;
            let there = async || {
                let there = starter.value().await? == "carimanolas-de-queso";
                Ok(there.then_some(()))
            };
            if wait_until(PATIENCE, there).await?.is_none() {
                return Err(Failure::new("The table is forgotten."));
            }
            first.disclosure("¿Algo que no come?").await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_table_is_shared_without_what_its_guests_cannot_eat() -> Outcome {
    Flow::named("a_table_is_shared_without_what_its_guests_cannot_eat")
        .run(async |scene| {
            let page = &scene.page;
            compose(page).await?;
            let address = page.path().await?;
            assert_eq!(
                address,
                "/es/menu/#mesa=2&1=carimanolas-de-queso,arroz-con-leche&2=berenjenas-gratinadas"
            );
            // Whoever opens it has a table of their own.
            page.script("sessionStorage.clear()", &[]).await?;
            page.open_ready("/en/story/").await?;
            page.open_ready(&address.replace("/es/", "/en/")).await?;
            let second = page.group("Place 2").await?;
            let main = page.within(&second).combobox("Main").await?;
            assert_eq!(main.value().await?, "berenjenas-gratinadas");
            page.no_console_errors().await
        })
        .await
}

/// From the wizard back to the menu, changed there, and on: one table all the way.
#[tokio::test]
async fn a_table_walks_into_the_wizard_and_back() -> Outcome {
    const WHY: &str = "the way is the same in each engine; one is enough for it";
    Flow::named("a_table_walks_into_the_wizard_and_back")
        .not_in(Engine::WebKit, WHY)
        .run(async |scene| {
            let page = &scene.page;
            let walk = Walk::of(scene, &ES);
            walk.to_time().await?;
            page.button(starting(TIME)).await?.click().await?;
            page.attends("heading", ES.titles.dishes).await?;
            let first = place(page, 1).await?;
            first
                .combobox("Bebida")
                .await?
                .choose("Jugo de corozo")
                .await?;
            page.link("Ver la carta").await?.click().await?;
            page.arrives_at("/es/menu/").await?;
            let first = place(page, 1).await?;
            let drink = first.combobox("Bebida").await?;
            assert_eq!(drink.value().await?, "jugo-de-corozo");
            drink.choose("Limonada de patilla").await?;
            // The address has the table now, and Back leads to the step.
            page.back().await?;
            page.attends("heading", ES.titles.dishes).await?;
            let first = place(page, 1).await?;
            let drink = first.combobox("Bebida").await?;
            assert_eq!(drink.value().await?, "limonada-de-patilla");
            page.no_console_errors().await
        })
        .await
}

/// A slow answer to a hold comes while its guest reads the menu, and used to fetch her back.
#[tokio::test]
async fn an_answer_that_comes_late_fetches_nobody_from_the_menu() -> Outcome {
    const SLOW_HOLD: &str = "
        const own = window.fetch;
        window.fetch = async (what, how) => {
            const answer = await own(what, how);
            if (String(what.url ?? what).endsWith('/reservations')) {
                await new Promise((over) => setTimeout(over, 5000));
                setTimeout(() => { window.answered = true; }, 500);
            }
            return answer;
        };";
    Flow::named("an_answer_that_comes_late_fetches_nobody_from_the_menu")
        .before_the_app(SLOW_HOLD)
        .run(async |scene| {
            let page = &scene.page;
            let walk = Walk::of(scene, &ES);
            walk.to_time().await?;
            page.button(starting(TIME)).await?.click().await?;
            let ways = page.navigation("Todas las páginas").await?;
            page.within(&ways).link("Carta").await?.click().await?;
            page.heading("La carta").await?;
            let answered = wait_until(PATIENCE, async || {
                let answered = page.script("return window.answered === true", &[]).await?;
                Ok((answered == true).then_some(()))
            });
            assert!(answered.await?.is_some(), "the hold was answered");
            page.arrives_at("/es/menu/").await?;
            // The table is hers all the same: the wizard goes on where she left it.
            page.back().await?;
            page.shows(ES.hold[0]).await?;
            page.no_console_errors().await
        })
        .await
}
