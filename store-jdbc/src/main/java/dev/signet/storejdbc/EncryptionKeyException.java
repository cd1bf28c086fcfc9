package dev.signet.storejdbc;

/** The encryption key is not the one that the store was made with. Nothing was changed. */
public final class EncryptionKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EncryptionKeyException(String message) {
        super(message);
    }
}
