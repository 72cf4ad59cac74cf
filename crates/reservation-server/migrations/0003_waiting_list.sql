-- Guests who wait for a place. All of it is personal; it is deleted with the day it is about.
CREATE TABLE waitlist_entries (
    id                TEXT    NOT NULL PRIMARY KEY,
    venue_id          TEXT    NOT NULL,
    day               TEXT    NOT NULL,
    party_size        BIGINT  NOT NULL CHECK (party_size > 0),
    service_id        TEXT,
    area_id           TEXT,
    guest             TEXT    NOT NULL,
    created_at        BIGINT  NOT NULL
);

CREATE INDEX waitlist_entries_day ON waitlist_entries (day);

-- A key may also have come to an entry; not a reference, because entries are deleted.
ALTER TABLE idempotency_keys ADD COLUMN entry_id TEXT;
