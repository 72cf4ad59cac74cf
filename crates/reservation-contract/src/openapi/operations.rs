//! The table of operations. A new call is a new row; a row that forgets a problem is a lie to
//! whoever writes a client from the document.

use crate::problem::ProblemType::{
    self, CancellationCutoffPassed, HoldExpired, HoldExtensionLimit, IdempotencyKeyInFlight,
    IdempotencyKeyMissing, IdempotencyKeyReused, Malformed, NotFound, NotModifiable,
    OutsideBookingWindow, PartySizeOutOfRange, PreconditionRequired, QuotaExceeded,
    ReservationNotFound, SlotUnavailable, TemporarilyUnavailable, TooLarge, UnsupportedMediaType,
    ValidationFailed, VersionConflict,
};

/// One call of the API.
#[derive(Debug)]
pub struct Operation {
    /// Lower case.
    pub method: &'static str,
    /// Below [`BASE_PATH`](crate::BASE_PATH).
    pub path: &'static str,
    /// `operationId`.
    pub id: &'static str,
    /// `venue`, `reservation` or `operation`.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What a client author must know; may be empty.
    pub description: &'static str,
    /// Whether `Authorization: Bearer` is needed.
    pub needs_token: bool,
    /// Names of shared parameters.
    pub parameters: &'static [&'static str],
    /// What it takes.
    pub body: Option<Body>,
    /// What it answers when all is well.
    pub success: Success,
    /// Everything that can be wrong.
    pub problems: &'static [ProblemType],
}

/// A JSON request body.
#[derive(Debug)]
pub struct Body {
    /// Name of the schema.
    pub schema: &'static str,
    /// Name of the fixture.
    pub example: &'static str,
}

/// An answer when all is well.
#[derive(Debug)]
pub struct Success {
    /// HTTP status.
    pub status: u16,
    /// One line.
    pub description: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Name of the schema; none for text.
    pub schema: Option<&'static str>,
    /// Names of response headers.
    pub headers: &'static [&'static str],
    /// Names of fixtures.
    pub examples: &'static [&'static str],
}

const JSON: &str = "application/json";

/// Every call.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/health",
        id: "health",
        tag: "operation",
        summary: "Whether bookings can be taken",
        description: "Reads the database; drives the site's \"booking is down\" state.",
        needs_token: false,
        parameters: &[],
        body: None,
        success: Success {
            status: 200,
            description: "Yes",
            media_type: JSON,
            schema: Some("Health"),
            headers: &[],
            examples: &["health"],
        },
        problems: &[TemporarilyUnavailable],
    },
    Operation {
        method: "get",
        path: "/venues/{venueId}",
        id: "readVenue",
        tag: "venue",
        summary: "What the venue says about itself",
        description: "",
        needs_token: false,
        parameters: &["venueId", "ifNoneMatch"],
        body: None,
        success: Success {
            status: 200,
            description: "The venue",
            media_type: JSON,
            schema: Some("Venue"),
            headers: &["ETag", "Cache-Control"],
            examples: &["venue"],
        },
        problems: &[Malformed, NotFound],
    },
    Operation {
        method: "get",
        path: "/venues/{venueId}/availability/calendar",
        id: "readCalendar",
        tag: "venue",
        summary: "Which days are free",
        description: "At most 62 days. firstAvailable looks through the whole booking window, whatever range was asked.",
        needs_token: false,
        parameters: &[
            "venueId",
            "from",
            "to",
            "partySize",
            "serviceId",
            "areaId",
            "ifNoneMatch",
        ],
        body: None,
        success: Success {
            status: 200,
            description: "A status per day",
            media_type: JSON,
            schema: Some("Calendar"),
            headers: &["ETag", "Cache-Control"],
            examples: &["calendar"],
        },
        problems: &[
            Malformed,
            NotFound,
            ValidationFailed,
            PartySizeOutOfRange,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "get",
        path: "/venues/{venueId}/availability",
        id: "readAvailability",
        tag: "venue",
        summary: "The seatings of a day",
        description: "When none is free, says why and offers the nearest that are.",
        needs_token: false,
        parameters: &[
            "venueId",
            "date",
            "partySize",
            "time",
            "serviceId",
            "areaId",
            "ifNoneMatch",
        ],
        body: None,
        success: Success {
            status: 200,
            description: "The seatings",
            media_type: JSON,
            schema: Some("Availability"),
            headers: &["ETag", "Cache-Control"],
            examples: &["availability", "availability-full"],
        },
        problems: &[
            Malformed,
            NotFound,
            ValidationFailed,
            PartySizeOutOfRange,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "post",
        path: "/venues/{venueId}/reservations",
        id: "hold",
        tag: "reservation",
        summary: "Hold places while the guest fills in the rest",
        description: "Checks and takes in one transaction. A repeat with the same key never restarts the clock.",
        needs_token: false,
        parameters: &["venueId", "idempotencyKey"],
        body: Some(Body {
            schema: "HoldRequest",
            example: "request-hold",
        }),
        success: Success {
            status: 201,
            description: "Held until expiresAt",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag", "Location"],
            examples: &["reservation-on-hold"],
        },
        problems: &[
            Malformed,
            NotFound,
            IdempotencyKeyMissing,
            IdempotencyKeyInFlight,
            IdempotencyKeyReused,
            SlotUnavailable,
            PartySizeOutOfRange,
            OutsideBookingWindow,
            ValidationFailed,
            QuotaExceeded,
            UnsupportedMediaType,
            TooLarge,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "post",
        path: "/reservations/{id}/extend",
        id: "extend",
        tag: "reservation",
        summary: "Make a hold longer",
        description: "As often as the venue's hold.maxExtensions says. Takes no body.",
        needs_token: true,
        parameters: &["reservationId", "idempotencyKey", "ifMatch"],
        body: None,
        success: Success {
            status: 200,
            description: "Held longer",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag"],
            examples: &["reservation-on-hold"],
        },
        problems: &[
            Malformed,
            ReservationNotFound,
            IdempotencyKeyMissing,
            IdempotencyKeyInFlight,
            IdempotencyKeyReused,
            PreconditionRequired,
            VersionConflict,
            HoldExpired,
            HoldExtensionLimit,
            NotModifiable,
            QuotaExceeded,
            UnsupportedMediaType,
            TooLarge,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "post",
        path: "/reservations/{id}/confirm",
        id: "confirm",
        tag: "reservation",
        summary: "Turn a hold into a booking",
        description: "What was answered CONFIRMED is on disk.",
        needs_token: true,
        parameters: &["reservationId", "idempotencyKey", "ifMatch"],
        body: Some(Body {
            schema: "ConfirmRequest",
            example: "request-confirm",
        }),
        success: Success {
            status: 200,
            description: "CONFIRMED, or PENDING where the venue decides",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag"],
            examples: &["reservation-confirmed"],
        },
        problems: &[
            Malformed,
            ReservationNotFound,
            IdempotencyKeyMissing,
            IdempotencyKeyInFlight,
            IdempotencyKeyReused,
            PreconditionRequired,
            VersionConflict,
            HoldExpired,
            NotModifiable,
            ValidationFailed,
            QuotaExceeded,
            UnsupportedMediaType,
            TooLarge,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "get",
        path: "/reservations/{id}",
        id: "readReservation",
        tag: "reservation",
        summary: "Find a reservation again",
        description: "",
        needs_token: true,
        parameters: &["reservationId"],
        body: None,
        success: Success {
            status: 200,
            description: "As it stands",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag"],
            examples: &["reservation-confirmed", "reservation-expired"],
        },
        problems: &[Malformed, ReservationNotFound, TemporarilyUnavailable],
    },
    Operation {
        method: "get",
        path: "/reservations/{id}/calendar.ics",
        id: "readCalendarFile",
        tag: "reservation",
        summary: "The reservation as a calendar entry",
        description: "Venue's own time zone, with its VTIMEZONE. Carries no guest data and no link that opens the reservation.",
        needs_token: true,
        parameters: &["reservationId"],
        body: None,
        success: Success {
            status: 200,
            description: "RFC 5545",
            media_type: "text/calendar",
            schema: None,
            headers: &["ETag"],
            examples: &[],
        },
        problems: &[Malformed, ReservationNotFound, TemporarilyUnavailable],
    },
    Operation {
        method: "patch",
        path: "/reservations/{id}",
        id: "modify",
        tag: "reservation",
        summary: "Change a booking",
        description: "All of it or nothing: if the new seating is refused, the old one stays. Seating, party, guests and dishes can be changed until slot.cancellableUntil; dietary and note until the start, because an allergy told late is better than one not told.",
        needs_token: true,
        parameters: &["reservationId", "idempotencyKey", "ifMatch"],
        body: Some(Body {
            schema: "ModifyRequest",
            example: "request-modify",
        }),
        success: Success {
            status: 200,
            description: "Changed",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag"],
            examples: &["reservation-confirmed"],
        },
        problems: &[
            Malformed,
            ReservationNotFound,
            IdempotencyKeyMissing,
            IdempotencyKeyInFlight,
            IdempotencyKeyReused,
            PreconditionRequired,
            VersionConflict,
            HoldExpired,
            NotModifiable,
            CancellationCutoffPassed,
            SlotUnavailable,
            PartySizeOutOfRange,
            OutsideBookingWindow,
            ValidationFailed,
            QuotaExceeded,
            UnsupportedMediaType,
            TooLarge,
            TemporarilyUnavailable,
        ],
    },
    Operation {
        method: "post",
        path: "/reservations/{id}/cancel",
        id: "cancel",
        tag: "reservation",
        summary: "Give the places back",
        description: "Repeatable with the same answer; a hold becomes EXPIRED. Takes no body and needs no key.",
        needs_token: true,
        parameters: &["reservationId", "ifMatchOptional"],
        body: None,
        success: Success {
            status: 200,
            description: "Given back",
            media_type: JSON,
            schema: Some("Reservation"),
            headers: &["ETag"],
            examples: &["reservation-cancelled", "reservation-expired"],
        },
        problems: &[
            Malformed,
            ReservationNotFound,
            VersionConflict,
            CancellationCutoffPassed,
            NotModifiable,
            QuotaExceeded,
            UnsupportedMediaType,
            TooLarge,
            TemporarilyUnavailable,
        ],
    },
];
