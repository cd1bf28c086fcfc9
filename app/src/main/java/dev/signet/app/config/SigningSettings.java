package dev.signet.app.config;

import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.util.List;

/**
 * What access tokens are signed with.
 *
 * @param algorithm of the key in use
 * @param keys from files, the one in use first; empty when they live in the store
 * @param crypto signs, and verifies what others signed
 */
public record SigningSettings(JwsAlgorithm algorithm, List<SigningKey> keys, SelectedCrypto crypto) {

    /** Copies the list. */
    public SigningSettings {
        keys = List.copyOf(keys);
    }

    /** Whether the keys are the operator's files, which only the operator changes. */
    public boolean fromFiles() {
        return !keys.isEmpty();
    }
}
