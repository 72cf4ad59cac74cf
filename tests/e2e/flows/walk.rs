//! A booking up to some step, as every flow makes it that is about something else.

use crate::{
    api::{Access, Api, Night, text},
    failure::{Failure, Outcome},
    find::starting,
    flow::Scene,
    flows::words::Words,
    page::Page,
};

/// The server's own default.
pub const SETTINGS: &str = include_str!("../../../crates/reservation-server/server.toml");

/// What the guest types: words that are nowhere by chance.
pub const GUEST: [&str; 4] = [
    "Anacaona",
    "Zapata Ñungo",
    "anacaona@ejemplo.com",
    "+57 300 123 4567",
];

/// The seating most flows take.
pub const TIME: &str = "19:00";

/// The server's settings, with so many places in each seating.
pub fn few_places(places: u8) -> String {
    let settings = changed(SETTINGS, "places", 60, places);
    changed(&settings, "limited_from", 12, 1)
}

/// The server's settings, with so many places in each seating, and a waiting list.
pub fn with_waiting_list(places: u8) -> String {
    let text = few_places(places).replace("\noffered = false\n", "\noffered = true\n");
    text.replace("\nby_hand = false\n", "\nby_hand = true\n")
}

/// The server's settings, with so many seconds to a hold.
pub fn short_hold(seconds: u8) -> String {
    changed(SETTINGS, "ttl_seconds", 600, seconds)
}

/// The server's settings, with one rule that has to be accepted, in these Spanish words.
pub fn with_rule(words: &str) -> String {
    let rule = format!(
        "\n[[house_rule]]\nid = \"rule\"\nmust_accept = true\n\
         text = {{ es = \"{words}\", en = \"A rule.\" }}\n"
    );
    [SETTINGS, &rule].concat()
}

/// The server's settings, with two areas, and with names and a document asked of everybody.
pub fn asking_everybody() -> String {
    let field = |id: &str, kind: &str, label: &str| {
        format!(
            "\n[[guest_field]]\nid = \"{id}\"\ntype = \"{kind}\"\nrequired = true\n\
             label = {{ es = \"{label}\", en = \"{label}\" }}\n\
             why = {{ es = \"Para la lista.\", en = \"For the list.\" }}\n\
             seen_by = {{ es = \"La entrada.\", en = \"The entrance.\" }}\n"
        )
    };
    let area = |id: &str, name: &str| {
        format!(
            "\n[[area]]\nid = \"{id}\"\nname = {{ es = \"{name}\", en = \"{name}\" }}\n\
             description = {{ es = \"Así es: {name}.\", en = \"{name}.\" }}\n\
             places = 24\nlimited_from = 1\n"
        )
    };
    // With areas, places are theirs.
    let settings = SETTINGS.replace("\nplaces = 60\n", "\n");
    let settings = settings.replace("\nlimited_from = 12\n", "\n");
    [
        settings,
        area("patio", "Patio"),
        area("hall", "Salón"),
        field("nombre", "name", "Nombre de pila"),
        field("apellido", "name", "Apellidos"),
        field("document", "document", "Documento"),
    ]
    .concat()
}

fn changed(settings: &str, key: &str, from: u16, to: u8) -> String {
    let line = format!("\n{key} = {from}\n");
    assert!(settings.contains(&line), "server.toml says {key} = {from}");
    settings.replace(&line, &format!("\n{key} = {to}\n"))
}

/// A visitor on her way through the wizard.
pub struct Walk<'a> {
    pub page: &'a Page,
    pub api: Api<'a>,
    pub words: &'static Words,
    pub party: u8,
}

/// What she has in the end.
pub struct Booked {
    pub night: Night,
    pub reference: String,
    /// The manage link, as a path of the site.
    pub link: String,
    pub access: Access,
}

impl<'a> Walk<'a> {
    /// Four people.
    pub fn of(scene: &'a Scene, words: &'static Words) -> Self {
        Self {
            page: &scene.page,
            api: Api::of(&scene.site),
            words,
            party: 4,
        }
    }

    /// The path of a step.
    pub fn at(&self, step: &str) -> String {
        self.words.path(step)
    }

    /// Presses the button of this name.
    pub async fn press(&self, name: &str) -> Outcome {
        self.page.button(name).await?.click().await
    }

    /// From the first page to the nights.
    pub async fn to_night(&self) -> Outcome {
        self.page.open_ready(self.words.book).await?;
        self.choose_party().await
    }

    /// From the party question on show to the nights.
    pub async fn choose_party(&self) -> Outcome {
        let party = self.words.party(self.party);
        self.page.link(party.as_str()).await?.click().await?;
        let night = self.at(self.words.steps.night);
        let asked = format!("{night}?{}={}", self.words.party_query, self.party);
        self.page.arrives_at(&asked).await?;
        self.page.heading(self.words.titles.night).await?;
        Ok(())
    }

    /// … and on to the seatings of a night.
    pub async fn to_time(&self) -> Outcome<Night> {
        self.to_night().await?;
        self.choose_night().await
    }

    /// Takes the second free night: on the first one, the early seating may be too soon to be
    /// booked, as the notice runs by the hour.
    pub async fn choose_night(&self) -> Outcome<Night> {
        let free = self.api.free_nights(self.party).await?;
        let [first, night, ..] = free[..] else {
            return Err(Failure::new("The API has no two free nights."));
        };
        if first.month() != night.month() {
            self.press(self.words.next_month).await?;
        }
        let button = self.page.button(self.words.free_night(night)).await?;
        button.click().await?;
        self.sees_times().await?;
        Ok(night)
    }

    /// The seatings are asked for.
    pub async fn sees_times(&self) -> Outcome {
        let time = self.at(self.words.steps.time);
        self.page.arrives_at(&time).await?;
        self.page.heading(self.words.titles.time).await?;
        Ok(())
    }

    /// … and on to the guests, with a table kept.
    pub async fn to_guests(&self) -> Outcome<Night> {
        let night = self.to_time().await?;
        self.take_seating().await?;
        Ok(night)
    }

    /// From the seatings on show to the guests.
    pub async fn take_seating(&self) -> Outcome {
        self.page.button(starting(TIME)).await?.click().await?;
        self.comes_to_guests().await
    }

    /// The dishes are asked for, the table is kept, and the menu is there: it moves the way on.
    pub async fn sees_dishes(&self) -> Outcome {
        let dishes = self.at(self.words.steps.dishes);
        self.page.arrives_at(&dishes).await?;
        self.page.heading(self.words.titles.dishes).await?;
        self.page.shows(self.words.hold[0]).await?;
        self.page.shows_no_longer(self.words.menu_coming).await
    }

    /// … from a seating that was pressed, past the dishes. On the page of the guests the heading
    /// takes the focus: what is typed before that goes nowhere.
    pub async fn comes_to_guests(&self) -> Outcome {
        self.sees_dishes().await?;
        self.press(self.words.next).await?;
        self.sees_guests().await?;
        let title = self.words.titles.guests;
        self.page.attends("heading", title).await
    }

    /// The guests are asked for, and the table is kept.
    pub async fn sees_guests(&self) -> Outcome {
        let guests = self.at(self.words.steps.guests);
        self.page.arrives_at(&guests).await?;
        self.page.heading(self.words.titles.guests).await?;
        self.page.shows(self.words.hold[0]).await
    }

    /// Types what the guests step asks for.
    pub async fn type_guest(&self) -> Outcome {
        for (label, value) in self.words.fields.iter().zip(GUEST) {
            self.page.textbox(*label).await?.fill(value).await?;
        }
        Ok(())
    }

    /// From the guests step to the last look.
    pub async fn fill_guests(&self) -> Outcome {
        self.type_guest().await?;
        self.press(self.words.next).await?;
        let check = self.at(self.words.steps.check);
        self.page.arrives_at(&check).await?;
        self.page.heading(self.words.titles.check).await?;
        Ok(())
    }

    /// … and on to the last look.
    pub async fn to_check(&self) -> Outcome<Night> {
        let night = self.to_guests().await?;
        self.fill_guests().await?;
        Ok(night)
    }

    /// … and the whole way.
    pub async fn to_done(&self) -> Outcome<Booked> {
        let night = self.to_check().await?;
        self.consent().await?;
        self.press(self.words.confirm).await?;
        self.booked(night).await
    }

    /// Ticks the consent.
    pub async fn consent(&self) -> Outcome {
        let consent = self.page.checkbox(self.words.consent).await?;
        assert!(
            !consent.is_chosen().await?,
            "no consent is given beforehand"
        );
        consent.click().await
    }

    /// What the last page says.
    pub async fn booked(&self, night: Night) -> Outcome<Booked> {
        let done = self.at(self.words.steps.done);
        self.page.arrives_at(&done).await?;
        self.page.heading(starting(self.words.would_look)).await?;
        let reference = line_after(self.page, self.words.reference).await?;
        let link = self.page.link(self.words.open_manage).await?;
        let link = link.target().await?;
        Ok(Booked {
            night,
            reference,
            access: access_in(&link)?,
            link,
        })
    }

    /// What the tab keeps of the hold, as the API's answer.
    pub async fn hold_in_tab(&self) -> Outcome<serde_json::Value> {
        self.api.reservation(&self.access_in_tab().await?).await
    }

    /// Gives the hold back that the tab keeps, without the tab.
    pub async fn give_hold_back(&self) -> Outcome {
        self.api.cancel(&self.access_in_tab().await?).await?;
        Ok(())
    }

    /// What opens the hold that the tab keeps.
    pub async fn access_in_tab(&self) -> Outcome<Access> {
        let script = "return JSON.parse(sessionStorage.getItem('interno.booking') ?? '{}')";
        let kept = self.page.script(script, &[]).await?;
        Ok(Access {
            id: text(&kept, "id")?,
            token: text(&kept, "token")?,
        })
    }

    /// The bar at the foot says all of this.
    pub async fn bar_says(&self, parts: &[&str]) -> Outcome {
        let bar = self.page.complementary(self.words.your_booking).await?;
        let sum = bar.text().await?;
        let missing = parts.iter().find(|part| !sum.contains(**part));
        missing.map_or(Ok(()), |part| {
            Err(Failure::new(format!("The bar says “{sum}”, not “{part}”.")))
        })
    }
}

/// The line that follows a label on the page.
pub async fn line_after(page: &Page, label: &str) -> Outcome<String> {
    page.shows(label).await?;
    let text = page.text().await?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.find(|line| *line == label);
    let next = lines.next().map(str::to_owned);
    next.ok_or_else(|| Failure::new(format!("Nothing follows “{label}” in:\n{text}")))
}

fn access_in(link: &str) -> Outcome<Access> {
    let secret = link.split_once("#r=").map(|(_, secret)| secret);
    let parts = secret.and_then(|secret| secret.split_once("&t="));
    let (id, token) = parts.ok_or_else(|| Failure::new(format!("“{link}” is no manage link.")))?;
    Ok(Access {
        id: id.to_owned(),
        token: token.to_owned(),
    })
}
