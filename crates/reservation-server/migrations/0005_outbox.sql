-- What guests have to be told and have not been told yet, written in the transaction of the change it is about.
-- What a message says is read from the reservation when it is made, so no guest's data is here, but for the
-- address of somebody who asks for lost links, which is deleted when the row is done.
CREATE TABLE outbox (
    id                TEXT    NOT NULL PRIMARY KEY,
    kind              TEXT    NOT NULL,
    -- A reservation, a place on the waiting list, or a day whose places became free.
    about             TEXT    NOT NULL,
    version           BIGINT  NOT NULL,
    address           TEXT,
    made_at           BIGINT  NOT NULL,
    next_at           BIGINT  NOT NULL,
    attempts          BIGINT  NOT NULL,
    -- Whoever sends it has it until then; several servers may share the table.
    taken_until       BIGINT  NOT NULL,
    done_at           BIGINT,
    -- What became of it: SENT, OVERTAKEN, NOTHING or GIVEN_UP.
    outcome           TEXT,
    -- What was in the way last, without anything of a guest.
    fault             TEXT
);

CREATE INDEX outbox_next ON outbox (done_at, next_at);

-- Who waits is written to once.
ALTER TABLE waitlist_entries ADD COLUMN told_at BIGINT;
