package dev.signet.app.config;

/** Thrown by the parser of a value when it has better words than "expected …"; never with a secret in them. */
final class RefusedValue extends IllegalArgumentException {

    private final String reason;

    RefusedValue(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
