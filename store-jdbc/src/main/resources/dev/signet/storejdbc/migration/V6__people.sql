-- Accounts as JSON with the names of the configuration file. The username stands in its column, too, so that it is there once.
CREATE TABLE signet_account (
    subject   VARCHAR NOT NULL,
    username  VARCHAR,
    account   VARCHAR NOT NULL,
    CONSTRAINT signet_account_pk PRIMARY KEY (subject),
    CONSTRAINT signet_account_username UNIQUE (username)
);

-- Sessions of those who signed in. The digest is the SHA-256 of the secret in the cookie, subject_digest that of the subject,
-- authentication is JSON, times are in seconds since 1970.
CREATE TABLE signet_session (
    digest          BYTEA NOT NULL PRIMARY KEY,
    subject         VARCHAR NOT NULL,
    subject_digest  BYTEA NOT NULL,
    authentication  VARCHAR NOT NULL,
    started_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);

CREATE INDEX signet_session_subject ON signet_session (subject_digest);

CREATE INDEX signet_session_expires_at ON signet_session (expires_at);

-- What people let clients do: a row for each scope token at a resource, and one with an empty token for the resource. The digest is
-- the SHA-256 of the other columns, subject_digest that of the subject.
CREATE TABLE signet_consent (
    digest          BYTEA NOT NULL PRIMARY KEY,
    subject_digest  BYTEA NOT NULL,
    client_id       VARCHAR NOT NULL,
    resource        VARCHAR NOT NULL,
    scope_token     VARCHAR NOT NULL
);

CREATE INDEX signet_consent_subject ON signet_consent (subject_digest, client_id);
