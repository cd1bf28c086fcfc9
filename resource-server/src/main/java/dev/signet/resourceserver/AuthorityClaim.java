package dev.signet.resourceserver;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A claim that says what the subject may do (RFC 9068 §2.2.3.1): an array of strings, or of the objects that SCIM has for
 * them, whose {@code value} counts and whose {@code display} does not (RFC 7643 §4.1.2). Whatever else is in it gives
 * nobody anything.
 */
enum AuthorityClaim {
    GROUPS(RefusalReason.TOKEN_GROUP_MISSING),
    ROLES(RefusalReason.TOKEN_ROLE_MISSING),
    ENTITLEMENTS(RefusalReason.TOKEN_ENTITLEMENT_MISSING);

    private final String claim = name().toLowerCase(Locale.ROOT);
    private final RefusalReason missing;

    AuthorityClaim(RefusalReason missing) {
        this.missing = missing;
    }

    /** Why a token is refused that has none of those needed. */
    RefusalReason missing() {
        return missing;
    }

    /** All values, in the order they come. */
    Set<String> values(JsonObject claims) {
        Set<String> values = new LinkedHashSet<>();
        for (Object entry : entries(claims)) {
            String value = value(entry);
            if (value != null) {
                values.add(value);
            }
        }
        return Collections.unmodifiableSet(values);
    }

    /** Whether one of the wanted is among the values: the same, letter by letter. */
    boolean holdsAny(JsonObject claims, String... wanted) {
        for (Object entry : entries(claims)) {
            String value = value(entry);
            if (value != null && Arrays.asList(wanted).contains(value)) {
                return true;
            }
        }
        return false;
    }

    private List<?> entries(JsonObject claims) {
        return claims.find(claim).orElse(List.of()) instanceof List<?> list ? list : List.of();
    }

    private static @Nullable String value(Object entry) {
        if (entry instanceof String text) {
            return text;
        }
        return entry instanceof JsonObject object && object.find("value").orElse(object) instanceof String text
                ? text
                : null;
    }

    @Override
    public String toString() {
        return claim;
    }
}
