//! A guest's way through the API of the release: what is free, a hold, a table, and giving it back.

use serde_json::json;

use super::{client::Client, expected, house::House};
use crate::{
    program::Program,
    trouble::{Outcome, Trouble},
};

const NAME: &str = "Canaria";
const MAIL: &str = "canaria@example.com";
const KEYS: [&str; 3] = [
    "release-canary-hold-01",
    "release-canary-sure-02",
    "release-canary-back-03",
];

/// What a guest has of a booking.
#[derive(Default)]
pub struct Booking {
    id: String,
    token: String,
    reference: String,
    evening: String,
}

impl Booking {
    /// Books the first evening that is free, and reads it again.
    pub fn book(&mut self, client: &Client) -> Outcome {
        let [hold_key, confirm_key, _] = KEYS;
        let today = Program::new("date").arg("+%F").output()?;
        let today = today.trim();
        let calendar = format!(
            "/api/v1/venues/interno/availability/calendar?from={today}&to={today}&partySize=2"
        );
        let evening = client
            .get(&calendar, &[])?
            .with(200)?
            .text("/firstAvailable")?;
        let free = format!("/api/v1/venues/interno/availability?date={evening}&partySize=2");
        self.evening = evening;
        let slot = client.get(&free, &[])?.with(200)?.text("/slots/0/id")?;
        let wish = json!({ "slotId": slot, "partySize": 2, "locale": "es" });
        let key = ["Idempotency-Key: ", hold_key].concat();
        let path = "/venues/interno/reservations";
        let held = client.send("POST", path, &[key], Some(&wish))?.with(201)?;
        self.id = held.text("/id")?;
        self.token = held.text("/manageToken")?;
        self.reference = held.text("/reference")?;
        let guest = json!({
            "guest": {
                "givenName": NAME, "familyName": "Del Río", "email": MAIL, "phone": "+57 300 555 0101",
                "locale": "es",
            },
            "guests": [], "dishes": [], "dietary": [], "note": null,
            "consents": { "privacy": true, "health": false, "houseRules": [] },
        });
        let headers = [
            ["Idempotency-Key: ", confirm_key].concat(),
            ["If-Match: ", held.header("etag")?].concat(),
            self.bearer(),
        ];
        let path = self.path("/confirm");
        let booked = client
            .send("POST", &path, &headers, Some(&guest))?
            .with(200)?;
        expected(&booked.text("/status")?, "CONFIRMED")?;
        self.stands(client)
    }

    /// Finds it at the house's desk, by the command in INSTALL.md.
    pub fn at_the_desk(&self, house: &House) -> Outcome {
        let told = house.desk(&self.evening)?;
        if told.contains(&self.reference) {
            return Ok(());
        }
        Err(Trouble::new(format!("The desk tells only: {told}")))
    }

    /// Reads that it stands, gives it back, and reads that.
    pub fn cancel(&self, client: &Client) -> Outcome {
        self.stands(client)?;
        let [_, _, key] = KEYS;
        let headers = [["Idempotency-Key: ", key].concat(), self.bearer()];
        let path = self.path("/cancel");
        let gone = client.send("POST", &path, &headers, None)?.with(200)?;
        expected(&gone.text("/status")?, "CANCELLED")
    }

    /// What no log may tell.
    pub fn canaries(&self) -> Vec<String> {
        let mut canaries = vec![
            NAME.to_owned(),
            MAIL.to_owned(),
            "release-canary".to_owned(),
        ];
        canaries.extend([self.id.clone(), self.token.clone()]);
        canaries
    }

    fn stands(&self, client: &Client) -> Outcome {
        let read = client.send("GET", &self.path(""), &[self.bearer()], None)?;
        let read = read.with(200)?;
        expected(&read.text("/status")?, "CONFIRMED")?;
        expected(&read.text("/guest/givenName")?, NAME)?;
        // Whoever has no token reads nothing.
        let stranger = client.send("GET", &self.path(""), &[], None)?;
        match stranger.status {
            404 => Ok(()),
            status => Err(Trouble::new(format!("A stranger was told {status}."))),
        }
    }

    fn path(&self, call: &str) -> String {
        ["/reservations/", &self.id, call].concat()
    }

    fn bearer(&self) -> String {
        ["Authorization: Bearer ", &self.token].concat()
    }
}
