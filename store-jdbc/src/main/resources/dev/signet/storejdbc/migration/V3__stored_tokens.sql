-- Access tokens that do not say themselves what they stand for. The digest is the SHA-256 of the token, expires_at is in seconds since
-- 1970, claims are JSON.
CREATE TABLE signet_stored_token (
    digest      BYTEA NOT NULL PRIMARY KEY,
    expires_at  BIGINT NOT NULL,
    claims      VARCHAR NOT NULL
);

CREATE INDEX signet_stored_token_expires_at ON signet_stored_token (expires_at);
