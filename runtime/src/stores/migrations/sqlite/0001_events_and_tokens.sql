-- Callback events and access tokens, for SQLite 3.38 or later.
-- May be run by hand, more than once; `Database::migrate` then finds it applied.
--
-- All times are UTC, as 2026-01-31 23:59:59.999.

CREATE TABLE IF NOT EXISTS api_client_migrations (
    version    INTEGER PRIMARY KEY,
    applied_at TEXT NOT NULL
) STRICT;

-- One row for each callback event that is being handled or has been handled.
CREATE TABLE IF NOT EXISTS api_client_events (
    app             TEXT NOT NULL, -- the app that received it
    event_key       TEXT NOT NULL, -- the name and identity of the event
    claim_token     TEXT NOT NULL, -- drawn by the handler that claimed it last
    leased_until    TEXT NOT NULL, -- the claim's end; once completed, the time of that
    acknowledgement BLOB,          -- the body that acknowledged it; null until completed
    completed_at    TEXT,
    PRIMARY KEY (app, event_key)
) STRICT, WITHOUT ROWID;

-- For the clean-up of old rows.
CREATE INDEX IF NOT EXISTS api_client_events_leased_until ON api_client_events (app, leased_until);

-- One row for each token that processes share. The tokens are NOT encrypted: whoever reads this file can use them.
CREATE TABLE IF NOT EXISTS api_client_tokens (
    name       TEXT NOT NULL PRIMARY KEY,
    token      TEXT,    -- JSON; null until the first token is saved
    issued_at  INTEGER, -- of that token, in ms since 1970
    saved_at   TEXT,
    holder     TEXT,    -- drawn by the process that is fetching the next one; null if none is
    held_until TEXT
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO api_client_migrations VALUES (1, strftime('%Y-%m-%d %H:%M:%f', 'now'));
