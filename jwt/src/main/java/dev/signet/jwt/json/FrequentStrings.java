package dev.signet.jwt.json;

import org.jspecify.annotations.Nullable;

/**
 * Strings that nearly every JWT has: names of header parameters and claims, and a few values. Found by their octets,
 * they need not be made anew each time, which is a seventh of all that reading a token allocates.
 */
final class FrequentStrings {
    private static final int LONGEST = 12;
    private static final String[] TABLE = table(
            "alg",
            "typ",
            "kid",
            "cty",
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "scope",
            "azp",
            "nonce",
            "auth_time",
            "acr",
            "amr",
            "cnf",
            "jkt",
            "groups",
            "roles",
            "entitlements",
            "email",
            "name",
            "sid",
            "at+jwt",
            "JWT",
            "ES256",
            "RS256",
            "PS256",
            "EdDSA",
            "Ed25519",
            "HS256",
            "kty",
            "crv",
            "use",
            "keys");

    private FrequentStrings() {}

    private static String[] table(String... strings) {
        String[] table = new String[256];
        for (String each : strings) {
            // Of two in one slot the second is not found, and made anew like any other.
            int slot = slot(each.charAt(0), each.charAt(each.length() - 1), each.length());
            table[slot] = table[slot] == null ? each : table[slot];
        }
        return table;
    }

    private static int slot(int first, int last, int length) {
        return (first * 7 + last * 3 + length * 31) & 0xFF;
    }

    /** The string of these ASCII octets; null if it is not a frequent one. */
    static @Nullable String find(byte[] ascii, int start, int length) {
        if (length == 0 || length > LONGEST) {
            return null;
        }
        String candidate = TABLE[slot(ascii[start], ascii[start + length - 1], length)];
        if (candidate == null || candidate.length() != length) {
            return null;
        }
        for (int at = 0; at < length; at++) {
            if (candidate.charAt(at) != ascii[start + at]) {
                return null;
            }
        }
        return candidate;
    }
}
