-- What a revision makes live and what it was built on are kept with it, so that a newer console does not have to render it again to
-- know. Revisions of before have neither; they are read back from their bytes.
ALTER TABLE revisions ADD COLUMN built_on INTEGER REFERENCES requests (id);
ALTER TABLE revisions ADD COLUMN makes TEXT CHECK (makes IS NULL OR json_valid(makes));

-- The versions whose pipes run. Until now no pipe was ever taken out, so they are those that the change found, and its own.
ALTER TABLE events ADD COLUMN pipes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(pipes));
UPDATE events SET pipes = (
    SELECT json_group_array(version) FROM (
        SELECT json_each.value AS version
        FROM runs JOIN revisions ON revisions.request = runs.request AND revisions.number = runs.revision,
             json_each(revisions.input, '$.live.versions')
        WHERE runs.id = events.run
        UNION SELECT events.version
        ORDER BY version));
