-- What resource owners granted, as JSON, with the code that it is first used by. Digests are the SHA-256 of code, and of client and
-- subject. expires_at says until when something of it may be good; it and code_expires_at are in seconds since 1970, code_used_at in
-- milliseconds. The lock of a row orders what is done about its grant.
CREATE TABLE signet_grant (
    id               VARCHAR NOT NULL,
    party_digest     BYTEA NOT NULL,
    granted          VARCHAR NOT NULL,
    code_digest      BYTEA NOT NULL,
    code_expires_at  BIGINT NOT NULL,
    code_used_at     BIGINT,
    expires_at       BIGINT NOT NULL,
    CONSTRAINT signet_grant_pk PRIMARY KEY (id),
    CONSTRAINT signet_grant_code UNIQUE (code_digest)
);

CREATE INDEX signet_grant_party ON signet_grant (party_digest);

CREATE INDEX signet_grant_expires_at ON signet_grant (expires_at);

-- Refresh tokens by the SHA-256 of their text. expires_at is in seconds since 1970, used_at, when another took its place, in
-- milliseconds.
CREATE TABLE signet_refresh_token (
    digest      BYTEA NOT NULL PRIMARY KEY,
    grant_id    VARCHAR NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,
    CONSTRAINT signet_refresh_token_grant FOREIGN KEY (grant_id) REFERENCES signet_grant (id) ON DELETE CASCADE
);

CREATE INDEX signet_refresh_token_grant_id ON signet_refresh_token (grant_id);

CREATE INDEX signet_refresh_token_expires_at ON signet_refresh_token (expires_at);

-- Which access tokens came of a grant, to be revoked with it. The digest stands for the jti, expires_at is in seconds since 1970.
CREATE TABLE signet_granted_token (
    digest      BYTEA NOT NULL PRIMARY KEY,
    grant_id    VARCHAR NOT NULL,
    expires_at  BIGINT NOT NULL,
    CONSTRAINT signet_granted_token_grant FOREIGN KEY (grant_id) REFERENCES signet_grant (id) ON DELETE CASCADE
);

CREATE INDEX signet_granted_token_grant_id ON signet_granted_token (grant_id);

CREATE INDEX signet_granted_token_expires_at ON signet_granted_token (expires_at);
