//! Words with a fixed meaning. All of them are open: a word this build does not know is kept as it
//! came ([`Other`](ReservationStatus::Other)), so a newer server does not break an older client.

/// Makes an enum of known words plus `Other`, with serde as a plain string.
macro_rules! open_words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A word this build does not know.
            Other(String),
        }

        impl $name {
            /// The words this build knows, as they travel.
            pub const KNOWN: &'static [&'static str] = &[$($word),+];

            /// The word as it travels.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                Ok(Self::from(word.as_str()))
            }
        }

        #[cfg(feature = "openapi")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                // No `enum`: clients must take words that are not in this list.
                schemars::json_schema!({
                    "type": "string",
                    "description": format!("Open: treat an unknown word as \"contact us\". Known: {}.", Self::KNOWN.join(", ")),
                    "x-extensible-enum": Self::KNOWN,
                    "examples": Self::KNOWN,
                })
            }
        }
    };
}

open_words! {
    /// Whether a booking is a real one.
    Mode {
        /// A table waits for the guest.
        Live = "live",
        /// Everything works, and no table waits: shown to the guest on every step.
        Trial = "trial",
    }
}

open_words! {
    /// What a server can do beyond reading, holding and cancelling.
    Capability {
        /// A slot is held while the guest fills in the rest.
        Holds = "holds",
        /// Guests choose an area.
        Areas = "areas",
        /// A confirmed reservation can be changed.
        Modify = "modify",
        /// Dishes are ordered ahead.
        Preorder = "preorder",
        /// A waiting list.
        Waitlist = "waitlist",
        /// A confirm may be answered PENDING.
        AsyncConfirmation = "asyncConfirmation",
        /// Guests are written to at every step of a booking, with its manage link.
        Messages = "messages",
    }
}

open_words! {
    /// What kind of answer a guest field takes.
    FieldType {
        /// Free text.
        Text = "text",
        /// A person's name, any script.
        Name = "name",
        /// An e-mail address.
        Email = "email",
        /// A telephone number of any country.
        Phone = "phone",
        /// A day, `YYYY-MM-DD`.
        Date = "date",
        /// An identity document's number; write-only.
        Document = "document",
        /// One of the field's options.
        Choice = "choice",
    }
}

open_words! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

open_words! {
    /// Whether a day or a seating can be booked by the party that asked.
    AvailabilityStatus {
        /// Free.
        Available = "AVAILABLE",
        /// Free, and few places are left.
        Limited = "LIMITED",
        /// The party no longer fits.
        SoldOut = "SOLD_OUT",
        /// The venue does not open.
        Closed = "CLOSED",
        /// Past, too soon or too far ahead.
        OutsideWindow = "OUTSIDE_WINDOW",
    }
}

open_words! {
    /// Why nothing is free.
    Reason {
        /// The venue does not open on this weekday.
        ClosedWeekday = "CLOSED_WEEKDAY",
        /// The venue opens, and has no seating of this service at this time.
        NotOffered = "NOT_OFFERED",
        /// The day, or its last seating, is over.
        Past = "PAST",
        /// Inside the minimum notice.
        TooSoon = "TOO_SOON",
        /// Beyond the last day that can be booked.
        TooFar = "TOO_FAR",
        /// Every place is taken.
        Full = "FULL",
        /// Some places are free, fewer than the party needs.
        NotEnoughPlaces = "NOT_ENOUGH_PLACES",
        /// What is missing is only held by others for now and may come back within minutes.
        Held = "HELD",
    }
}

open_words! {
    /// How a confirm is answered.
    ConfirmationMode {
        /// CONFIRMED at once.
        Instant = "INSTANT",
        /// PENDING first; the venue decides.
        Async = "ASYNC",
    }
}

open_words! {
    /// Where a reservation stands.
    ReservationStatus {
        /// The places are kept until `expiresAt`.
        OnHold = "ON_HOLD",
        /// The venue has to decide.
        Pending = "PENDING",
        /// Booked.
        Confirmed = "CONFIRMED",
        /// A hold that ran out or was given back.
        Expired = "EXPIRED",
        /// Refused by the venue.
        Rejected = "REJECTED",
        /// Cancelled.
        Cancelled = "CANCELLED",
        /// The guests came.
        Redeemed = "REDEEMED",
        /// The guests did not come.
        NoShow = "NO_SHOW",
    }
}

open_words! {
    /// Where a place on the waiting list stands.
    WaitlistStatus {
        /// Nothing is free yet.
        Waiting = "WAITING",
    }
}

open_words! {
    /// Who cancelled.
    CancelledBy {
        /// The guest, with the manage link.
        Guest = "GUEST",
        /// The venue.
        Venue = "VENUE",
    }
}
