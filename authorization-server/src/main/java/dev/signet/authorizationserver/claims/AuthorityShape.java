package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How {@code groups}, {@code roles} and {@code entitlements} are written (RFC 9068 §2.2.3.1). The attribute they come from may have
 * either shape, for each entry, or be a single entry.
 */
public enum AuthorityShape {

    /** As SCIM has them: objects with {@code value}, and {@code display} where it is known (RFC 7643 §4.1.2). */
    SCIM {
        @Override
        Object write(String value, JsonObject entry) {
            JsonObject.Builder scim = JsonObject.builder().put("value", value);
            entry.findString("display").ifPresent(display -> scim.put("display", display));
            return scim.build();
        }
    },

    /** As strings: the values alone. */
    PLAIN {
        @Override
        Object write(String value, JsonObject entry) {
            return value;
        }
    };

    abstract Object write(String value, JsonObject entry);

    /** All entries of an attribute in this shape; empty if one can't be had: half of what somebody may do misleads. */
    Optional<Object> all(Object attribute) {
        List<?> entries = attribute instanceof List<?> list ? list : List.of(attribute);
        List<Object> written = new ArrayList<>();
        for (Object entry : entries) {
            if (entry instanceof String value && !value.isEmpty()) {
                written.add(write(value, JsonObject.empty()));
            } else if (entry instanceof JsonObject object
                    && object.find("value").orElse("") instanceof String value
                    && !value.isEmpty()
                    && object.find("display").orElse("") instanceof String) {
                written.add(write(value, object));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(written));
    }
}
