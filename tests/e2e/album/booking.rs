//! A booking from the first night to the finished reservation, with a picture at each stop.
//!
//! Opened by their bare address, the later steps lead back to the first question: what they look
//! like is only seen by whoever comes there with the answers before.

use super::{
    Visit,
    plan::{FAULTS, OPEN, SIZES, name_of},
};
use crate::{
    failure::Outcome,
    find::starting,
    flow::Scene,
    flows::walk::{TIME, Walk},
};

/// Walks, and answers the names of the pictures taken.
pub async fn photograph(visit: &Visit<'_>, scene: &Scene) -> Outcome<Vec<String>> {
    let names = Vec::new();
    let mut pictures = Stops { visit, names };
    let words = visit.words;
    let (walk, steps) = (Walk::of(scene, words), &words.steps);
    pictures.go_on().await?;
    walk.to_night().await?;
    // The nights come from the API, after the heading.
    walk.page.shows(words.first_free).await?;
    pictures.at(steps.night, "").await?;
    let night = walk.choose_night().await?;
    walk.page.button(starting(TIME)).await?;
    pictures.at(steps.time, "").await?;
    walk.page.button(starting(TIME)).await?.click().await?;
    walk.sees_dishes().await?;
    pictures.at(steps.dishes, "").await?;
    walk.comes_to_guests().await?;
    pictures.at(steps.guests, "").await?;
    walk.press(words.next).await?;
    pictures.at(steps.guests, FAULTS).await?;
    walk.fill_guests().await?;
    pictures.at(steps.check, "").await?;
    walk.consent().await?;
    walk.press(words.confirm).await?;
    let booked = walk.booked(night).await?;
    pictures.at(steps.done, "").await?;
    walk.page.link(words.open_manage).await?.click().await?;
    walk.page.shows(words.confirmed).await?;
    let (page, _secret) = booked.link.split_once('#').unwrap_or_default();
    pictures.picture(page, OPEN).await?;
    Ok(pictures.names)
}

struct Stops<'a> {
    visit: &'a Visit<'a>,
    names: Vec<String>,
}

impl Stops<'_> {
    async fn at(&mut self, step: &str, state: &str) -> Outcome {
        self.picture(&self.visit.words.path(step), state).await
    }

    async fn picture(&mut self, path: &str, state: &str) -> Outcome {
        if !self.visit.album.wants(path) {
            return Ok(());
        }
        let name = name_of(path) + state;
        self.visit.camera.as_it_is(&name).await?;
        self.visit.album.tell(&name);
        self.names.push(name);
        self.go_on().await
    }

    /// The booking is made on a phone.
    async fn go_on(&self) -> Outcome {
        let [phone, ..] = SIZES;
        self.visit.camera.aim(phone).await
    }
}
