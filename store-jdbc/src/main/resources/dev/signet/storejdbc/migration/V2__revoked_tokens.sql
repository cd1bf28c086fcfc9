-- One row: how many revocations there were. Its lock gives them their ordinals, one transaction after the other.
CREATE TABLE signet_revocations (
    id            SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
    last_ordinal  BIGINT NOT NULL
);

INSERT INTO signet_revocations (id, last_ordinal) VALUES (1, 0);

-- Access tokens that were revoked. The digest stands for the jti, and expires_at is in seconds since 1970. A row becomes visible
-- after all those with smaller ordinals.
CREATE TABLE signet_revoked_token (
    digest      BYTEA NOT NULL PRIMARY KEY,
    expires_at  BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL
);

CREATE UNIQUE INDEX signet_revoked_token_ordinal ON signet_revoked_token (ordinal);

CREATE INDEX signet_revoked_token_expires_at ON signet_revoked_token (expires_at);
