package dev.signet.jwt.key;

import org.jspecify.annotations.Nullable;

/** Says why key material cannot be used. The message never shows the material. */
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message);
    }

    KeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
