package dev.signet.resourceserver;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.DecryptionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the authorization server encrypts the access tokens of this resource server, as it was agreed at registration
 * (RFC 9068 §4). A token that is not encrypted is then refused.
 *
 * @param keys the private keys of this resource server; more than one while they are changed
 * @param algorithms the agreed {@code alg} values, of {@link DecryptionKey#ALGORITHMS}
 * @param encryptions the agreed {@code enc} values, of {@link EncryptedJwt#ENCRYPTIONS}
 */
public record AccessTokenEncryption(List<DecryptionKey> keys, Set<String> algorithms, Set<String> encryptions) {

    /** @throws IllegalArgumentException naming all that is missing or not supported */
    public AccessTokenEncryption {
        keys = List.copyOf(keys);
        algorithms = Set.copyOf(algorithms);
        encryptions = Set.copyOf(encryptions);
        List<String> faults = new ArrayList<>();
        if (keys.isEmpty()) {
            faults.add("keys must not be empty");
        }
        if (algorithms.isEmpty() || !DecryptionKey.ALGORITHMS.containsAll(algorithms)) {
            faults.add("algorithms must name some of " + DecryptionKey.ALGORITHMS);
        }
        if (encryptions.isEmpty() || !EncryptedJwt.ENCRYPTIONS.containsAll(encryptions)) {
            faults.add("encryptions must name some of " + EncryptedJwt.ENCRYPTIONS);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("access token encryption: " + String.join("; ", faults));
        }
    }

    /** The signed JWT in an encrypted one; decrypting it proves nothing about its sender. */
    UnverifiedJwt decrypt(EncryptedJwt token) {
        return token.decrypt(keys, algorithms, encryptions);
    }
}
