-- What the house takes out of sale: so many places of a seating.
CREATE TABLE blocks (
    slot_key          TEXT    NOT NULL PRIMARY KEY,
    slot_date         TEXT    NOT NULL,
    places            BIGINT  NOT NULL CHECK (places > 0)
);

CREATE INDEX blocks_day ON blocks (slot_date);

-- Who cancelled, where it was not the guest.
ALTER TABLE reservations ADD COLUMN cancelled_by TEXT;
ALTER TABLE reservation_versions ADD COLUMN cancelled_by TEXT;
