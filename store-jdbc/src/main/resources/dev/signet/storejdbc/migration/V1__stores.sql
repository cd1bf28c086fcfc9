-- One row: a constant sealed with the encryption key, by which a wrong key is recognized. Its lock orders changes of keys.
CREATE TABLE signet_store (
    id         SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
    key_check  BYTEA NOT NULL
);

-- JWTs that were used. The digest stands for use, issuer and jti, and expires_at is in seconds since 1970.
CREATE TABLE signet_used_jwt (
    digest      BYTEA NOT NULL PRIMARY KEY,
    expires_at  BIGINT NOT NULL
);

CREATE INDEX signet_used_jwt_expires_at ON signet_used_jwt (expires_at);

-- Private keys as sealed JWKs in base64url. The other columns are bound to the seal, times are ISO 8601.
CREATE TABLE signet_signing_key (
    kid           VARCHAR NOT NULL,
    algorithm     VARCHAR NOT NULL,
    published_at  VARCHAR NOT NULL,
    active_from   VARCHAR NOT NULL,
    sealed        VARCHAR NOT NULL,
    CONSTRAINT signet_signing_key_pk PRIMARY KEY (kid)
);

-- Metadata of RFC 7591 as JSON. A secret is kept as a salted hash, or sealed and in base64url where a MAC needs it itself.
CREATE TABLE signet_client (
    client_id      VARCHAR NOT NULL,
    metadata       VARCHAR NOT NULL,
    secret_hash    VARCHAR,
    sealed_secret  VARCHAR,
    CONSTRAINT signet_client_pk PRIMARY KEY (client_id)
);
