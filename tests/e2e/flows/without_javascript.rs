//! Story and menu can be read where no script runs.

use thirtyfour::By;

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    page::Page,
};

/// A page, and words that must be readable on it.
const PAGES: [(&str, &[&str]); 4] = [
    ("/es/historia/", &["San Diego", "Cartagena", "2016"]),
    ("/en/story/", &["San Diego", "Cartagena", "2016"]),
    ("/es/menu/", &["INTERNO"]),
    ("/en/menu/", &["INTERNO"]),
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
