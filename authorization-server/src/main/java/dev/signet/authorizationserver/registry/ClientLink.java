package dev.signet.authorizationserver.registry;

import java.net.URI;

/** A page of a client that people are pointed to where they are asked what it may do (RFC 7591 §2). The server never opens it. */
public enum ClientLink {
    /** {@code client_uri}: about the client. */
    CLIENT_URI("client_uri"),

    /** {@code policy_uri}: what becomes of people's data. */
    POLICY_URI("policy_uri"),

    /** {@code tos_uri}: the terms it is used on. */
    TOS_URI("tos_uri");

    private static final int LONGEST = 2048;

    private final String wireName;

    ClientLink(String wireName) {
        this.wireName = wireName;
    }

    /** The name of the member. */
    public String wireName() {
        return wireName;
    }

    /** Whether a page there can be linked to: {@code https}, without a user, whose name could pass for a host. */
    public static boolean permits(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.toASCIIString().length() <= LONGEST;
    }
}
