-- Authorization requests that clients pushed, as JSON. The digest stands for the client and the URI; once the request is answered, the
-- same digest is among the used ones. expires_at says until when it may be answered, in seconds since 1970.
CREATE TABLE signet_pushed_request (
    digest      BYTEA NOT NULL PRIMARY KEY,
    expires_at  BIGINT NOT NULL,
    request     VARCHAR NOT NULL
);

CREATE INDEX signet_pushed_request_expires_at ON signet_pushed_request (expires_at);
