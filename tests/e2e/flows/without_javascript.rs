//! Story and menu can be read where no script runs, and the booking page says what it needs.

use thirtyfour::By;

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    page::Page,
};

/// A page, and words that must be readable on it: its beginning, its end, what it is read for.
const PAGES: [(&str, &[&str]); 6] = [
    (
        "/es/historia/",
        &[
            "La historia",
            "2012",
            "Johana Bahamón",
            "San Diego",
            "Cartagena",
            "2016",
            "2019",
        ],
    ),
    (
        "/en/story/",
        &[
            "The story",
            "2012",
            "Johana Bahamón",
            "San Diego",
            "Cartagena",
            "2016",
            "2019",
        ],
    ),
    (
        "/es/menu/",
        &[
            "La carta",
            "$90.000 por persona",
            "Entradas",
            "Platos fuertes",
            "Postres",
            "Bebidas",
            "Carimañolas de posta",
            "puede contener",
            "crustáceos",
        ],
    ),
    (
        "/en/menu/",
        &[
            "Menu",
            "COP 90,000 per person",
            "Starters",
            "Mains",
            "Desserts",
            "Drinks",
            "Carimañolas de posta",
            "may contain",
            "crustaceans",
        ],
    ),
    // What cannot be done without scripts says so, and how else.
    (
        "/es/reservar/",
        &["¿Para cuántas personas?", "este sitio necesita JavaScript"],
    ),
    (
        "/en/book/",
        &["How many of you?", "needs JavaScript on this site"],
    ),
];

#[tokio::test]
async fn readable_without_javascript() -> Outcome {
    Flow::named("readable_without_javascript")
        .without_javascript()
        .run(async |scene| {
            for (path, words) in PAGES {
                let read = can_be_read(&scene.page, path, words).await;
                read.map_err(|failure| failure.while_doing(path))?;
            }
            Ok(())
        })
        .await
}

async fn can_be_read(page: &Page, path: &str, words: &[&str]) -> Outcome {
    page.open(path).await?;
    let heading = page.driver().find(By::Tag("h1")).await?;
    if heading.text().await?.trim().is_empty() {
        return Err(Failure::new("The page's heading is empty."));
    }
    for word in words {
        page.shows(word).await?;
    }
    page.no_console_errors().await
}
