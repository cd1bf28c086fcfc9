package dev.signet.jwt.json;

/**
 * Says that a text is not the JSON that was asked for. The message names at most the member the caller asked for
 * and never quotes the input. It has no stack trace: what was wrong is in the input, not in the code.
 */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of fault was found. */
    public enum Kind {
        /** Not well-formed: grammar, character encoding, an unpaired surrogate, surplus data. */
        MALFORMED,
        /** An object has two members of one name. */
        DUPLICATE_MEMBER,
        /** Well-formed so far, but beyond one of the {@link JsonLimits}. */
        LIMIT,
        /** A member is present with another JSON type than the one asked for, or absent where it is required. */
        TYPE
    }

    private final Kind kind;

    JsonException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** What kind of fault was found. */
    public Kind kind() {
        return kind;
    }
}
