-- What an evolution is built on is free again when its run is cancelled, however far that came: else nothing could ever change the
-- event again. Its files stay its subject's, as the merge may have brought them.
DROP TRIGGER claims_end_with_a_cancelled_run;
CREATE TRIGGER claims_end_with_a_cancelled_run AFTER UPDATE OF state ON requests
WHEN NEW.state = 'cancelled'
BEGIN
    DELETE FROM claims WHERE request = NEW.id AND (name LIKE 'evolves:%' OR NOT EXISTS (
        SELECT 1 FROM runs JOIN step_attempts ON step_attempts.run = runs.id
        WHERE runs.request = NEW.id AND runs.state <> 'rejected' AND step_attempts.step = 'merge-pull-request'));
END;
DELETE FROM claims WHERE name LIKE 'evolves:%' AND request IN (SELECT id FROM requests WHERE state = 'cancelled');

-- The stages of what was approved before stages were claimed; their URLs stood in the summaries only.
INSERT OR IGNORE INTO claims (name, request)
SELECT 'prefix:' || json_extract(artifact.value, '$.summary'), requests.id
FROM requests
JOIN revisions ON revisions.request = requests.id AND revisions.number = requests.revision
JOIN json_each(revisions.artifacts) AS artifact
WHERE json_extract(artifact.value, '$.kind') = 'stage' AND requests.id IN (SELECT request FROM claims)
ORDER BY requests.id;
