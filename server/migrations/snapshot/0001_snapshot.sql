-- What was read of the registries, in a file of its own: it can be deleted, and is then read again. Records of subjects are bytes that the
-- service writes and reads; contents are compressed and kept once, whoever refers to them.

CREATE TABLE registries (
    name            TEXT    PRIMARY KEY,
    state           TEXT    NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;

CREATE TABLE subjects (
    registry        TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    record          BLOB    NOT NULL,
    PRIMARY KEY (registry, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE contents (
    -- Never given twice: what was kept of a registry may still name a content that is gone.
    key             INTEGER PRIMARY KEY AUTOINCREMENT,
    digest          BLOB    NOT NULL UNIQUE CHECK (length(digest) = 16),
    schema_type     TEXT    NOT NULL,
    -- References, metadata and rules, where there are some.
    about           TEXT    CHECK (about IS NULL OR json_valid(about)),
    -- One byte that says how, then the text.
    packed          BLOB    NOT NULL
) STRICT;

-- Who refers to whom, to follow references backwards.
CREATE TABLE content_references (
    subject         TEXT    NOT NULL,
    content         INTEGER NOT NULL REFERENCES contents (key) ON DELETE CASCADE,
    PRIMARY KEY (subject, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_references_by_content ON content_references (content);
