package dev.signet.app.crypto;

import dev.signet.jwt.key.CryptoProvider;

/**
 * The provider in use.
 *
 * @param name {@code jdk} or {@code accp}, for the log
 */
public record SelectedCrypto(CryptoProvider provider, String name) {}
