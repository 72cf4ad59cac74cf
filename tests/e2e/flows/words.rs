//! What visitors read, in both languages, as far as the flows look for it.
//!
//! Written out and not read from the site's own files: a flow must notice a word that is gone.

use crate::{
    api::Night,
    find::{Name, containing_all},
};

/// The paths and words of one language.
pub struct Words {
    pub code: &'static str,
    /// The wizard's first page; the paths of the further steps are below it.
    pub book: &'static str,
    pub steps: Steps,
    pub people: &'static str,
    pub party_query: &'static str,
    pub trial: &'static str,
    pub step_count: fn(u8) -> String,
    /// The questions of the steps, but for the rules, which the default settings have none of.
    pub titles: Titles,
    pub first_free: &'static str,
    pub choose_first: &'static str,
    pub next_month: &'static str,
    pub free: &'static str,
    pub weekdays: [&'static str; 7],
    pub months: [&'static str; 12],
    /// Between the day's number and the month.
    pub of: &'static str,
    pub your_booking: &'static str,
    pub hold: [&'static str; 2],
    pub fields: [&'static str; 4],
    pub next: &'static str,
    /// What the dishes step says until the menu is there.
    pub menu_coming: &'static str,
    /// What an empty form says.
    pub missing: &'static str,
    pub consent: &'static str,
    pub confirm: &'static str,
    pub nothing_booked: &'static str,
    pub trial_over: &'static str,
    pub would_look: &'static str,
    pub reference: &'static str,
    pub open_manage: &'static str,
    pub another: &'static str,
    pub confirmed: &'static str,
    /// What is known of a confirmation: that it is being asked about, that nobody knows, that it is not booked.
    pub checking: &'static str,
    pub unknown: &'static str,
    pub ask_again: &'static str,
    pub not_booked: &'static str,
    pub manage_title: &'static str,
}

/// The last part of each step's path.
pub struct Steps {
    pub night: &'static str,
    pub time: &'static str,
    pub dishes: &'static str,
    pub guests: &'static str,
    pub check: &'static str,
    pub done: &'static str,
}

/// The question of each step.
pub struct Titles {
    pub party: &'static str,
    pub night: &'static str,
    pub time: &'static str,
    pub dishes: &'static str,
    pub guests: &'static str,
    pub check: &'static str,
}

impl Words {
    /// A step's whole path.
    pub fn path(&self, step: &str) -> String {
        format!("{}{step}/", self.book)
    }

    /// How a link or a summary says so many people.
    pub fn party(&self, party: u8) -> String {
        format!("{party} {}", self.people)
    }

    /// A free night as its button is called: weekday, number, month and state.
    pub fn free_night(&self, night: Night) -> Name {
        let mut parts = self.night_parts(night).to_vec();
        parts.push(self.free.to_owned());
        containing_all(parts)
    }

    /// The weekday and the date of a night. Where the comma stands is the browser's choice.
    pub fn night_parts(&self, night: Night) -> [String; 2] {
        let month = self.months.get(night.month()).copied().unwrap_or_default();
        let weekday = self.weekdays.get(night.weekday()).copied();
        let date = format!(" {}{}{month}", night.day(), self.of);
        [weekday.unwrap_or_default().to_owned(), date]
    }
}

pub const ES: Words = Words {
    code: "es",
    book: "/es/reservar/",
    steps: Steps {
        night: "noche",
        time: "hora",
        dishes: "platos",
        guests: "invitados",
        check: "revisar",
        done: "listo",
    },
    people: "personas",
    party_query: "personas",
    trial: "Prueba: ninguna mesa espera.",
    step_count: |step| format!("Reserva · paso {step} de 6"),
    titles: Titles {
        party: "¿Para cuántas personas?",
        night: "¿Qué noche?",
        time: "¿A qué hora?",
        dishes: "¿Qué quieren comer?",
        guests: "¿A nombre de quién?",
        check: "Revise y confirme",
    },
    first_free: "Primera noche libre:",
    choose_first: "Elegir esta noche",
    next_month: "Mes siguiente",
    free: "libre",
    weekdays: [
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
    ],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    of: " de ",
    your_booking: "Su reserva hasta aquí",
    hold: ["Le guardamos esta mesa ", " min mientras termina."],
    fields: ["Nombre", "Apellido", "Correo", "Teléfono"],
    next: "Seguir",
    menu_coming: "Estamos trayendo la carta",
    missing: "Hay 4 cosas por corregir",
    consent: "Acepto que el restaurante use mi nombre, mi correo y mi teléfono para esta reserva.",
    confirm: "Confirmar la reserva",
    nothing_booked: "Todavía no está reservado.",
    trial_over: "Prueba terminada",
    would_look: "Así se vería su reserva para el ",
    reference: "Su referencia",
    open_manage: "Abrir mi reserva",
    another: "Hacer otra reserva",
    confirmed: "Confirmada",
    checking: "Estamos comprobando si su reserva entró",
    unknown: "No sabemos todavía si su reserva entró",
    ask_again: "Preguntar otra vez",
    not_booked: "La reserva no entró. Sus respuestas siguen aquí.",
    manage_title: "Mi reserva",
};

pub const EN: Words = Words {
    code: "en",
    book: "/en/book/",
    steps: Steps {
        night: "night",
        time: "time",
        dishes: "dishes",
        guests: "guests",
        check: "check",
        done: "done",
    },
    people: "people",
    party_query: "party",
    trial: "Trial: no table is waiting.",
    step_count: |step| format!("Booking · step {step} of 6"),
    titles: Titles {
        party: "How many of you?",
        night: "Which night?",
        time: "What time?",
        dishes: "What would you like to eat?",
        guests: "Whose name is it under?",
        check: "Check and confirm",
    },
    first_free: "First free night:",
    choose_first: "Choose this night",
    next_month: "Next month",
    free: "free",
    weekdays: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    of: " ",
    your_booking: "Your booking so far",
    hold: ["Your table is held for ", " min while you finish."],
    fields: ["Given name", "Family name", "E-mail", "Phone"],
    next: "Continue",
    menu_coming: "The menu is on its way",
    missing: "4 things to put right",
    consent: "I agree that the restaurant may use my name, e-mail and phone number for this booking.",
    confirm: "Confirm the booking",
    nothing_booked: "Nothing is booked yet.",
    trial_over: "Trial finished",
    would_look: "This is how your booking for ",
    reference: "Your reference",
    open_manage: "Open my booking",
    another: "Make another booking",
    confirmed: "Confirmed",
    checking: "We are checking whether your booking went through",
    unknown: "We don’t know yet whether your booking went through",
    ask_again: "Ask again",
    not_booked: "The booking did not go through. Your answers are still here.",
    manage_title: "My booking",
};
