-- Searches that people keep under a name: the query of Explore's address, which says all of a search.
CREATE TABLE saved_searches (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    query           TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    UNIQUE (user, name)
) STRICT;
