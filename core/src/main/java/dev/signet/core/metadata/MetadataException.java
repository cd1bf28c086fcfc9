package dev.signet.core.metadata;

/** A metadata document cannot be used: nothing of it may be (RFC 8414 §3.3). */
public final class MetadataException extends RuntimeException {

    /**
     * A document that cannot be used.
     *
     * @param message what is wrong, without any value from the document
     */
    public MetadataException(String message) {
        super(message);
    }
}
