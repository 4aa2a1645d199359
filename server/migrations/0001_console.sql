-- The console's tables. Instants are milliseconds since 1970 in UTC; documents (designs, render inputs, artifacts, machines) are JSON.
-- What must not change is guarded by triggers, and what must be single by unique indexes, so that no bug above can undo an approval.

CREATE TABLE drafts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    subject         TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    design          TEXT    NOT NULL CHECK (json_valid(design)),
    saves           INTEGER NOT NULL CHECK (saves >= 1),
    -- The request that the draft was submitted as or revises.
    request         INTEGER REFERENCES requests (id),
    -- Whether its newest save was submitted.
    submitted       INTEGER NOT NULL CHECK (submitted IN (0, 1)),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_open ON drafts (updated_at) WHERE submitted = 0;

CREATE TABLE draft_authors (
    draft           INTEGER NOT NULL REFERENCES drafts (id),
    position        INTEGER NOT NULL,
    author          TEXT    NOT NULL,
    PRIMARY KEY (draft, author)
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    subject         TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN
                        ('in_review', 'changes_requested', 'approved', 'rejected', 'withdrawn', 'live', 'cancelled')),
    requester       TEXT    NOT NULL,
    revision        INTEGER NOT NULL CHECK (revision >= 1),
    digest          TEXT    NOT NULL,
    draft           INTEGER REFERENCES drafts (id),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;
-- A draft becomes one request, however often its button is pressed.
CREATE UNIQUE INDEX requests_one_a_draft ON requests (draft) WHERE draft IS NOT NULL;
-- A submission without a draft that is sent again is the same request, until somebody has acted on it.
CREATE UNIQUE INDEX requests_sent_once ON requests (requester, subject, version, digest)
    WHERE draft IS NULL AND state = 'in_review' AND revision = 1;
CREATE INDEX requests_by_state ON requests (state, id);
CREATE INDEX requests_by_requester ON requests (requester, id);
CREATE INDEX requests_by_subject ON requests (subject, id);

CREATE TABLE revisions (
    request         INTEGER NOT NULL REFERENCES requests (id),
    number          INTEGER NOT NULL CHECK (number >= 1),
    digest          TEXT    NOT NULL,
    submitter       TEXT    NOT NULL,
    authors         TEXT    NOT NULL CHECK (json_valid(authors)),
    input           TEXT    NOT NULL CHECK (json_valid(input)),
    artifacts       TEXT    NOT NULL CHECK (json_valid(artifacts)),
    diagnostics     TEXT    NOT NULL CHECK (json_valid(diagnostics)),
    submitted_at    INTEGER NOT NULL,
    PRIMARY KEY (request, number)
) STRICT;
CREATE TRIGGER revisions_never_change BEFORE UPDATE ON revisions
BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
CREATE TRIGGER revisions_never_go BEFORE DELETE ON revisions
BEGIN SELECT RAISE(ABORT, 'a revision never goes'); END;
-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER revisions_are_not_replaced BEFORE INSERT ON revisions
WHEN EXISTS (SELECT 1 FROM revisions WHERE request = NEW.request AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a revision is never replaced'); END;

CREATE TABLE decisions (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    request         INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    digest          TEXT    NOT NULL,
    verdict         TEXT    NOT NULL CHECK (verdict IN ('approve', 'request_changes', 'reject')),
    reason          TEXT    NOT NULL,
    decided_by      TEXT    NOT NULL,
    decided_at      INTEGER NOT NULL,
    FOREIGN KEY (request, revision) REFERENCES revisions (request, number)
) STRICT;
CREATE UNIQUE INDEX decisions_one_a_revision ON decisions (request, revision);
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision never goes'); END;
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id = NEW.id OR (request = NEW.request AND revision = NEW.revision))
BEGIN SELECT RAISE(ABORT, 'a decision is never replaced'); END;

-- The table and the files of approved and live requests, each claimed by one.
CREATE TABLE claims (
    name            TEXT    PRIMARY KEY,
    request         INTEGER NOT NULL REFERENCES requests (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_request ON claims (request);
-- Once a merge was begun its files may be on the main branch, whatever became of the call; only a forge that refused it knows that
-- they are not.
CREATE TRIGGER claims_end_with_a_cancelled_run AFTER UPDATE OF state ON requests
WHEN NEW.state = 'cancelled' AND NOT EXISTS (
    SELECT 1 FROM runs JOIN step_attempts ON step_attempts.run = runs.id
    WHERE runs.request = NEW.id AND runs.state <> 'rejected' AND step_attempts.step = 'merge-pull-request')
BEGIN DELETE FROM claims WHERE request = NEW.id; END;

CREATE TABLE runs (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    request         INTEGER NOT NULL,
    revision        INTEGER NOT NULL,
    approver        TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('running', 'stuck', 'completed', 'rejected', 'cancelled')),
    machine         TEXT    NOT NULL CHECK (json_valid(machine)),
    counter         INTEGER NOT NULL,
    due_at          INTEGER,
    lease_owner     TEXT,
    lease_until     INTEGER,
    started_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    FOREIGN KEY (request, revision) REFERENCES revisions (request, number),
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE UNIQUE INDEX runs_one_a_revision ON runs (request, revision);
CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE step_attempts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    run             INTEGER NOT NULL REFERENCES runs (id),
    step            TEXT    NOT NULL,
    number          INTEGER NOT NULL CHECK (number >= 1),
    started_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    result          TEXT    CHECK (result IN ('done', 'waiting', 'failed', 'interrupted')),
    message         TEXT    NOT NULL,
    CHECK ((ended_at IS NULL) = (result IS NULL))
) STRICT;
CREATE UNIQUE INDEX step_attempts_one_a_number ON step_attempts (run, step, number);

CREATE TABLE run_log (
    run             INTEGER NOT NULL REFERENCES runs (id),
    number          INTEGER NOT NULL,
    at              INTEGER NOT NULL,
    step            TEXT    NOT NULL,
    text            TEXT    NOT NULL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- One row for each run that went live; the newest row of a subject is the catalogue.
CREATE TABLE events (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    table_name      TEXT    NOT NULL,
    columns         INTEGER NOT NULL,
    topic           TEXT    NOT NULL,
    owner           TEXT    NOT NULL,
    request         INTEGER NOT NULL REFERENCES requests (id),
    run             INTEGER NOT NULL REFERENCES runs (id),
    pull_request    TEXT    NOT NULL,
    live_since      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_one_a_run ON events (run);
CREATE INDEX events_by_subject ON events (subject, id);

CREATE TABLE audit (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    object          TEXT    NOT NULL CHECK (object <> ''),
    detail          TEXT    NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE INDEX audit_by_object ON audit (object, id);
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit never goes'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit is never replaced'); END;

CREATE TABLE sessions (
    digest          TEXT    PRIMARY KEY,
    user            TEXT    NOT NULL,
    begun_at        INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    digest          TEXT    NOT NULL UNIQUE,
    created_at      INTEGER NOT NULL,
    used_at         INTEGER,
    revoked_at      INTEGER
) STRICT;
CREATE INDEX api_tokens_by_user ON api_tokens (user, id);
