-- Callback events and access tokens, for PostgreSQL 12 or later.
-- May be run by hand, more than once; `Database::migrate` then finds it applied.

CREATE TABLE IF NOT EXISTS api_client_migrations (
    version    integer     PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each callback event that is being handled or has been handled.
CREATE TABLE IF NOT EXISTS api_client_events (
    app             text COLLATE "C" NOT NULL, -- the app that received it; `\` is written `\\`, NUL `\0`
    event_key       text COLLATE "C" NOT NULL, -- the event's name and identity, written likewise
    claim_token     text             NOT NULL, -- drawn by the handler that claimed it last
    leased_until    timestamptz      NOT NULL, -- the claim's end; once completed, the time of that
    acknowledgement bytea,                     -- the body that acknowledged it; null until completed
    completed_at    timestamptz,
    PRIMARY KEY (app, event_key)
);

-- For the clean-up of old rows.
CREATE INDEX IF NOT EXISTS api_client_events_leased_until ON api_client_events (app, leased_until);

-- One row for each token that processes share. The tokens are NOT encrypted: whoever reads this table can use them.
CREATE TABLE IF NOT EXISTS api_client_tokens (
    name       text COLLATE "C" PRIMARY KEY, -- written as the app above
    token      text,                         -- JSON; null until the first token is saved
    issued_at  bigint,                       -- of that token, in ms since 1970
    saved_at   timestamptz,
    holder     text,                         -- drawn by the process that is fetching the next one; null if none is
    held_until timestamptz
);

INSERT INTO api_client_migrations (version) VALUES (1) ON CONFLICT DO NOTHING;
