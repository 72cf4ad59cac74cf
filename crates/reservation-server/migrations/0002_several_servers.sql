-- The part of the house a reservation is in, where the venue has parts.
ALTER TABLE reservations ADD COLUMN area_id TEXT;
ALTER TABLE reservation_versions ADD COLUMN area_id TEXT;

-- Who holds, as a keyed hash of the client's address, and only while it is a hold: to count the live
-- holds of one client.
ALTER TABLE reservations ADD COLUMN held_by TEXT;
CREATE INDEX reservations_held_by ON reservations (held_by);

-- One row a seating, locked by whoever changes what is taken of it. Where a database has one writer
-- the table stays empty.
CREATE TABLE seating_locks (
    slot_key          TEXT    NOT NULL PRIMARY KEY
);
