package dev.signet.jwt;

import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one key a JWT is to be checked with, or refuses: keys are tried one after another for those only who ask for it, and
 * without a {@code kid}.
 */
final class KeySelection {
    private final JwkSet keys;
    private final Set<JwsAlgorithm> allowed;

    KeySelection(JwkSet keys, Set<JwsAlgorithm> allowed) {
        this.keys = keys;
        this.allowed = allowed;
    }

    VerificationKey select(JwsAlgorithm algorithm, @Nullable String keyId) {
        List<VerificationKey> candidates = keyId == null ? keys.keys() : keys.withKeyId(keyId);
        VerificationKey found = null;
        for (VerificationKey candidate : candidates) {
            if (candidate.permits(algorithm)) {
                if (found != null) {
                    throw new JwtRejected(Reason.KEY_AMBIGUOUS, "several keys fit");
                }
                found = candidate;
            }
        }
        if (found == null) {
            throw keyId != null && !candidates.isEmpty()
                    ? new JwtRejected(Reason.KEY_MISMATCH, "the key named by kid is not for " + algorithm.joseName())
                    : new JwtRejected(Reason.KEY_UNKNOWN, "no key fits");
        }
        requirePinned(found);
        return found;
    }

    /** The keys of a JWT that names none. */
    List<VerificationKey> fitting(JwsAlgorithm algorithm, int most) {
        List<VerificationKey> fitting =
                keys.keys().stream().filter(key -> key.permits(algorithm)).toList();
        if (fitting.isEmpty()) {
            throw new JwtRejected(Reason.KEY_UNKNOWN, "no key fits");
        }
        if (fitting.size() > most) {
            throw new JwtRejected(Reason.KEY_AMBIGUOUS, "more than " + most + " keys fit");
        }
        fitting.forEach(this::requirePinned);
        return fitting;
    }

    private void requirePinned(VerificationKey key) {
        if (key.algorithm().isEmpty() && !isOnlyRsaAlgorithm()) {
            throw new JwtRejected(
                    Reason.KEY_NOT_PINNED, "the key states no algorithm and several RSA algorithms are accepted");
        }
    }

    private boolean isOnlyRsaAlgorithm() {
        return allowed.stream().filter(JwsAlgorithm::isRsa).count() == 1;
    }
}
