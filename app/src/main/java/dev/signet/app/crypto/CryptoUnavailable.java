package dev.signet.app.crypto;

/** Thrown when the configured provider can't be used on this machine. */
public final class CryptoUnavailable extends RuntimeException {

    CryptoUnavailable() {
        super("Amazon Corretto Crypto Provider does not load on this machine: expected auto or jdk");
    }
}
