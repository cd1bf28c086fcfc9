-- Private keys that others encrypt to, as sealed JWKs in base64url. The other columns are bound to the seal, times are ISO 8601.
CREATE TABLE signet_decryption_key (
    kid           VARCHAR NOT NULL,
    algorithm     VARCHAR NOT NULL,
    published_at  VARCHAR NOT NULL,
    active_from   VARCHAR NOT NULL,
    sealed        VARCHAR NOT NULL,
    CONSTRAINT signet_decryption_key_pk PRIMARY KEY (kid)
);
