-- Which token key the manage links of these reservations were made with, as a keyed hash: a server with
-- another key would open none of them, and hand out links that the other servers do not open.
CREATE TABLE token_key (
    id                BIGINT  NOT NULL PRIMARY KEY CHECK (id = 1),
    fingerprint       TEXT    NOT NULL
);
