-- What lets clients register themselves. The digest is the SHA-256 of the token, expires_at is in seconds since 1970, metadata is JSON
-- with the names of the configuration file.
CREATE TABLE signet_initial_access_token (
    name        VARCHAR NOT NULL,
    digest      BYTEA NOT NULL,
    expires_at  BIGINT NOT NULL,
    uses_left   INTEGER NOT NULL,
    metadata    VARCHAR NOT NULL,
    CONSTRAINT signet_initial_access_token_pk PRIMARY KEY (name),
    CONSTRAINT signet_initial_access_token_digest UNIQUE (digest)
);

CREATE INDEX signet_initial_access_token_expires_at ON signet_initial_access_token (expires_at);
