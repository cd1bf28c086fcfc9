-- Trusts in the issuers of assertions, as JSON with the names of the configuration file. The client_id of those who don't
-- authenticate stands in its column, too, while the trust is enabled.
CREATE TABLE signet_trusted_issuer (
    issuer                  VARCHAR NOT NULL,
    trust                   VARCHAR NOT NULL,
    unauthenticated_client  VARCHAR,
    CONSTRAINT signet_trusted_issuer_pk PRIMARY KEY (issuer)
);
