//! From page to page without loading any of them anew.

use crate::{failure::Outcome, flow::Flow, page::Page};

/// Goes away with its document.
const MARKER: &str = "the first page";

/// The heading of each page on the way.
const HEADINGS: [(&str, &str); 3] = [
    ("/es/historia/", "La historia"),
    ("/es/menu/", "La carta"),
    ("/en/menu/", "Menu"),
];

#[tokio::test]
async fn client_navigation() -> Outcome {
    Flow::named("client_navigation")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/").await?;
            page.script("window.marker = arguments[0]", &[MARKER.into()])
                .await?;
            let mut titles = vec![page.title().await?];
            follow(page, "Principal", "Historia").await?;
            titles.push(is_at(page, "/es/historia/", "es").await?);
            follow(page, "Principal", "Carta").await?;
            titles.push(is_at(page, "/es/menu/", "es").await?);
            follow(page, "Idioma", "English").await?;
            titles.push(is_at(page, "/en/menu/", "en").await?);
            let mut different = titles.clone();
            different.sort();
            different.dedup();
            assert_eq!(
                different.len(),
                titles.len(),
                "each page has its title: {titles:?}"
            );
            let trip = [
                (-1, "/es/menu/", "es", 2),
                (-1, "/es/historia/", "es", 1),
                (1, "/es/menu/", "es", 2),
                (1, "/en/menu/", "en", 3),
            ];
            for (step, path, lang, title) in trip {
                if step < 0 {
                    page.back().await?;
                } else {
                    page.driver().forward().await?;
                }
                let named = is_at(page, path, lang).await?;
                assert_eq!(Some(&named), titles.get(title), "the title of {path}");
            }
            page.no_console_errors().await
        })
        .await
}

async fn follow(page: &Page, navigation: &str, link: &str) -> Outcome {
    let navigation = page.navigation(navigation).await?;
    page.within(&navigation).link(link).await?.click().await
}

/// Address, heading with the focus, language, and still the same document; answers the title.
async fn is_at(page: &Page, path: &str, lang: &str) -> Outcome<String> {
    page.arrives_at(path).await?;
    let headings = HEADINGS.iter().find(|(its, _)| *its == path);
    let heading = headings.map_or("", |(_, heading)| *heading);
    page.attends("heading", heading).await?;
    let asked = "return document.documentElement.lang";
    assert_eq!(page.script(asked, &[]).await?, lang);
    let marker = page.script("return window.marker ?? null", &[]).await?;
    assert_eq!(marker, MARKER, "{path} was loaded anew");
    page.title().await
}
