package dev.signet.jwt.claims;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code typ} values a receiver takes (RFC 8725 §3.11). They are media types: letter case does not matter, nor
 * does a leading {@code application/} (RFC 7515 §4.1.9).
 */
final class ExpectedType {
    private static final String PREFIX = "application/";

    private final Set<String> types;
    private final boolean absentAllowed;

    ExpectedType(Set<String> types, boolean absentAllowed) {
        this.types = types.stream().map(ExpectedType::normalized).collect(Collectors.toUnmodifiableSet());
        this.absentAllowed = absentAllowed;
    }

    boolean accepts(Optional<String> type) {
        return type.isEmpty() ? absentAllowed : types.contains(type.get()) || types.contains(normalized(type.get()));
    }

    private static String normalized(String type) {
        StringBuilder lower = new StringBuilder(type.length());
        for (int at = 0; at < type.length(); at++) {
            char unit = type.charAt(at);
            // ASCII only: letters of other scripts that fold to ASCII ones are not the same.
            lower.append(unit >= 'A' && unit <= 'Z' ? (char) (unit + ('a' - 'A')) : unit);
        }
        String whole = lower.toString();
        boolean prefixed = whole.startsWith(PREFIX) && whole.indexOf('/', PREFIX.length()) < 0;
        return prefixed ? whole.substring(PREFIX.length()) : whole;
    }
}
