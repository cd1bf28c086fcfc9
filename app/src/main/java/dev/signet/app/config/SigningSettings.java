package dev.signet.app.config;

import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What access tokens are signed with.
 *
 * @param algorithm of the tokens of resources that have none of their own
 * @param resourceAlgorithms what resources have instead
 * @param keys from files, of each algorithm the one in use first; empty when they live in the store
 * @param crypto signs, and verifies what others signed
 */
public record SigningSettings(
        JwsAlgorithm algorithm, Set<JwsAlgorithm> resourceAlgorithms, List<SigningKey> keys, SelectedCrypto crypto) {

    /** Copies the collections. */
    public SigningSettings {
        resourceAlgorithms = Set.copyOf(resourceAlgorithms);
        keys = List.copyOf(keys);
    }

    /** All algorithms that tokens are signed with. */
    public Set<JwsAlgorithm> algorithms() {
        Set<JwsAlgorithm> all = EnumSet.of(algorithm);
        all.addAll(resourceAlgorithms);
        return all;
    }

    /** Whether the keys are the operator's files, which only the operator changes. */
    public boolean fromFiles() {
        return !keys.isEmpty();
    }
}
