package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonObject;
import java.util.Optional;

/** Where the value of a claim comes from. */
public sealed interface ClaimSource {

    /** The value, if there is one; null is one that can't be used. */
    Optional<Object> find(Attributes subject, Attributes client);

    /** An attribute of the subject. A client that speaks for itself is the subject. */
    static ClaimSource subjectAttribute(String name) {
        return new SubjectAttribute(name);
    }

    /** An attribute of the client that the token is issued to. */
    static ClaimSource clientAttribute(String name) {
        return new ClientAttribute(name);
    }

    /**
     * The same value in every token.
     *
     * @param value of a type that {@link JsonObject#find} gives
     */
    static ClaimSource fixed(Object value) {
        return new FixedValue(value);
    }

    /** See {@link ClaimSource#subjectAttribute}. */
    record SubjectAttribute(String name) implements ClaimSource {
        /** @throws IllegalArgumentException if the name is empty */
        public SubjectAttribute {
            requireName(name);
        }

        @Override
        public Optional<Object> find(Attributes subject, Attributes client) {
            return subject.find(name);
        }
    }

    /** See {@link ClaimSource#clientAttribute}. */
    record ClientAttribute(String name) implements ClaimSource {
        /** @throws IllegalArgumentException if the name is empty */
        public ClientAttribute {
            requireName(name);
        }

        @Override
        public Optional<Object> find(Attributes subject, Attributes client) {
            return client.find(name);
        }
    }

    /** See {@link ClaimSource#fixed}. */
    record FixedValue(Object value) implements ClaimSource {
        /** @throws IllegalArgumentException if it is null or beyond the limits of {@link Attributes} */
        public FixedValue {
            value = JsonObject.builder()
                    .put("value", value)
                    .build()
                    .find("value")
                    .orElseThrow();
            if (!Attributes.isFit(value)) {
                throw new IllegalArgumentException("value must have at most " + Attributes.LONGEST_VALUE
                        + " characters of JSON, " + Attributes.DEEPEST_VALUE + " deep");
            }
        }

        @Override
        public Optional<Object> find(Attributes subject, Attributes client) {
            return Optional.of(value);
        }
    }

    private static void requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
    }
}
