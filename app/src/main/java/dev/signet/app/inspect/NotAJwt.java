package dev.signet.app.inspect;

/** Thrown for text that can't be taken apart as a JWT; the message says why and quotes nothing. */
public final class NotAJwt extends RuntimeException {

    NotAJwt(String message) {
        super(message, null, false, false);
    }
}
