package dev.signet.storejdbc;

/** The file of an embedded store is open in another process. The message says which file. */
public final class StoreInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreInUseException(String message) {
        super(message);
    }
}
