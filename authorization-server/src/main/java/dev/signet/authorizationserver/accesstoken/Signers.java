package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.internal.KeyRing;
import dev.signet.authorizationserver.store.KeyState;
import dev.signet.authorizationserver.store.KeyState.Phase;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signing keys as they stand at a time, made ready. Immutable. */
final class Signers {

    private final Map<JwsAlgorithm, TokenSigner> signers = new EnumMap<>(JwsAlgorithm.class);
    private final JwkSet published;

    /** @param algorithms what tokens are signed with, the server's own first */
    Signers(KeyRing<SigningKey> ring, List<JwsAlgorithm> algorithms) {
        for (StoredKey<SigningKey> key : ring.keys(state -> state.phase() == Phase.ACTIVE)) {
            signers.put(key.key().algorithm(), new TokenSigner(key.key()));
        }
        // Until the first key of an algorithm signs, another one does that everybody knows: the server's own, else the
        // latest.
        Optional<TokenSigner> other = Optional.ofNullable(signers.get(algorithms.get(0)))
                .or(() -> ring.keys(state -> state.phase() == Phase.ACTIVE || state.phase() == Phase.SUCCEEDED).stream()
                        .reduce((earlier, later) -> later)
                        .map(key -> new TokenSigner(key.key())));
        other.ifPresent(signer -> algorithms.forEach(algorithm -> signers.putIfAbsent(algorithm, signer)));
        this.published = JwkSet.of(ring.keys(KeyState::isPublished).stream()
                .map(key -> key.key().verificationKey())
                .toList());
    }

    /** The key that signs where that algorithm is asked for; empty if there are no keys. */
    Optional<TokenSigner> signer(JwsAlgorithm algorithm) {
        return Optional.ofNullable(signers.get(algorithm));
    }

    /** The keys that tokens are to be checked with. */
    JwkSet published() {
        return published;
    }
}
