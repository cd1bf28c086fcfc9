package dev.signet.jwt.json;

/** The JSON value {@code null}, so that a member that is present never reads as absent. */
public enum JsonNull {
    /** The only instance. */
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
