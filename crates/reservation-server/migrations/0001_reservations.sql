-- Plain SQL, so that another database can take it over. Instants are milliseconds since 1970 (UTC).

CREATE TABLE reservations (
    id                TEXT    NOT NULL PRIMARY KEY,
    reference         TEXT    NOT NULL UNIQUE,
    venue_id          TEXT    NOT NULL,
    version           BIGINT  NOT NULL,
    status            TEXT    NOT NULL,
    -- The seating as it was promised; settings may change later.
    slot_key          TEXT    NOT NULL,
    slot_date         TEXT    NOT NULL,
    service_id        TEXT    NOT NULL,
    starts_at         BIGINT  NOT NULL,
    ends_at           BIGINT  NOT NULL,
    cancellable_until BIGINT  NOT NULL,
    party_size        BIGINT  NOT NULL CHECK (party_size > 0),
    locale            TEXT    NOT NULL,
    created_at        BIGINT  NOT NULL,
    updated_at        BIGINT  NOT NULL,
    -- When the hold runs out, as advertised. Read only while status is ON_HOLD or EXPIRED.
    expires_at        BIGINT  NOT NULL,
    extensions        BIGINT  NOT NULL,
    cancelled_at      BIGINT
);

-- Counting what is taken reads this index alone.
CREATE INDEX reservations_taken ON reservations (slot_date, slot_key, status, expires_at, party_size);
CREATE INDEX reservations_ended ON reservations (ends_at);

-- Every version a reservation ever had, without a person in it: a replay answers as the first time,
-- and the seat's history outlives the guest's data.
CREATE TABLE reservation_versions (
    reservation_id    TEXT    NOT NULL REFERENCES reservations (id),
    version           BIGINT  NOT NULL,
    status            TEXT    NOT NULL,
    slot_key          TEXT    NOT NULL,
    slot_date         TEXT    NOT NULL,
    service_id        TEXT    NOT NULL,
    starts_at         BIGINT  NOT NULL,
    ends_at           BIGINT  NOT NULL,
    cancellable_until BIGINT  NOT NULL,
    party_size        BIGINT  NOT NULL,
    updated_at        BIGINT  NOT NULL,
    expires_at        BIGINT  NOT NULL,
    extensions        BIGINT  NOT NULL,
    cancelled_at      BIGINT,
    PRIMARY KEY (reservation_id, version)
);

-- Everything personal, in one place, so that erasing is one DELETE.
CREATE TABLE guest_details (
    reservation_id    TEXT    NOT NULL PRIMARY KEY REFERENCES reservations (id),
    details           TEXT    NOT NULL
);

-- Memory of Idempotency-Keys. A key is a credential, so only its hash is here; the answer is made
-- again from the reservation's version, so no guest data is here either.
CREATE TABLE idempotency_keys (
    key_hash          TEXT    NOT NULL PRIMARY KEY,
    route             TEXT    NOT NULL,
    body_hash         TEXT    NOT NULL,
    kept_until        BIGINT  NOT NULL,
    -- Either a reservation at a version …
    reservation_id    TEXT    REFERENCES reservations (id),
    version           BIGINT,
    -- … or the slug of a refusal.
    problem           TEXT
);

CREATE INDEX idempotency_keys_kept_until ON idempotency_keys (kept_until);
