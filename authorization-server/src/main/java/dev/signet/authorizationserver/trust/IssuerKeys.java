package dev.signet.authorizationserver.trust;

import dev.signet.jwt.key.JwkSet;
import java.net.URI;

/** Where the keys of an issuer are, in words that can be kept (RFC 7523 §3 item 9). {@link KeySources} goes there. */
public sealed interface IssuerKeys {

    /**
     * They are known, and stay as they are.
     *
     * @param keys public ones
     */
    record Known(JwkSet keys) implements IssuerKeys {}

    /** They are a JWK Set at that address (RFC 7517 §5). */
    record PublishedAt(URI jwksUri) implements IssuerKeys {}

    /** They are where the metadata of the issuer says (RFC 8414 §2). */
    record Discovered() implements IssuerKeys {}
}
