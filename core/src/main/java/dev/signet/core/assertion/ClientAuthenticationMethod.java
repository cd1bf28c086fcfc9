package dev.signet.core.assertion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a client authenticates: the values of {@code token_endpoint_auth_method} (RFC 7591 §2, OpenID Connect Core §9). */
public enum ClientAuthenticationMethod {
    /** Not at all: a public client that only names itself. */
    NONE,
    /** A shared secret in the {@code Authorization} header (RFC 6749 §2.3.1). */
    CLIENT_SECRET_BASIC,
    /** A shared secret in the form (RFC 6749 §2.3.1). */
    CLIENT_SECRET_POST,
    /** An assertion with a MAC keyed by a shared secret (OpenID Connect Core §9). */
    CLIENT_SECRET_JWT,
    /** An assertion signed with the client's private key (RFC 7523 §2.2, OpenID Connect Core §9). */
    PRIVATE_KEY_JWT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The method with that name on the wire; empty for any other text. */
    public static Optional<ClientAuthenticationMethod> find(String wireName) {
        return Arrays.stream(values())
                .filter(method -> method.wireName.equals(wireName))
                .findFirst();
    }

    /** The name on the wire, such as {@code private_key_jwt}. */
    public String wireName() {
        return wireName;
    }

    /** True for the methods that send a {@code client_assertion}. */
    public boolean usesAssertion() {
        return this == CLIENT_SECRET_JWT || this == PRIVATE_KEY_JWT;
    }
}
