-- Callback events and access tokens, for MySQL 5.7 or later and MariaDB 10.3 or later.
-- May be run by hand, more than once; `Database::migrate` then finds it applied.
--
-- All times are UTC. Keys are bytes, because the collations of text fold cases, accents or trailing blanks;
-- `CONVERT(event_key USING utf8mb4)` shows them as text.

CREATE TABLE IF NOT EXISTS api_client_migrations (
    version    INT         NOT NULL PRIMARY KEY,
    applied_at DATETIME(6) NOT NULL
) ENGINE = InnoDB;

-- One row for each callback event that is being handled or has been handled.
CREATE TABLE IF NOT EXISTS api_client_events (
    app             VARBINARY(200) NOT NULL COMMENT 'the app that received it',
    event_key       VARBINARY(200) NOT NULL COMMENT 'the name and identity of the event',
    claim_token     VARBINARY(64)  NOT NULL COMMENT 'drawn by the handler that claimed it last',
    leased_until    DATETIME(6)    NOT NULL COMMENT 'the end of the claim; once completed, the time of that',
    acknowledgement LONGBLOB                COMMENT 'the body that acknowledged it; null until completed',
    completed_at    DATETIME(6),
    PRIMARY KEY (app, event_key),
    -- For the clean-up of old rows.
    KEY api_client_events_leased_until (app, leased_until)
) ENGINE = InnoDB;

-- One row for each token that processes share. The tokens are NOT encrypted: whoever reads this table can use them.
CREATE TABLE IF NOT EXISTS api_client_tokens (
    name       VARBINARY(200) NOT NULL PRIMARY KEY,
    token      LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'JSON; null until the first token is saved',
    issued_at  BIGINT                  COMMENT 'of that token, in ms since 1970',
    saved_at   DATETIME(6),
    holder     VARBINARY(64)           COMMENT 'drawn by the process that is fetching the next one; null if none is',
    held_until DATETIME(6)
) ENGINE = InnoDB;

INSERT IGNORE INTO api_client_migrations (version, applied_at) VALUES (1, UTC_TIMESTAMP(6));
