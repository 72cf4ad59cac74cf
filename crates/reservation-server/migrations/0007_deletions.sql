-- What was deleted, for whoever asks whether it is: so many of a kind on a day, and nobody in it.
CREATE TABLE deletions (
    -- UTC.
    day               TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    -- By what: the time it may be kept, the guest, or the house for a guest who asked.
    cause             TEXT    NOT NULL,
    number            BIGINT  NOT NULL,
    PRIMARY KEY (day, kind, cause)
);
