package dev.signet.resourceserver.introspection;

import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads answers that are signed, and encrypted where that was agreed (RFC 9701 §5, §8.1).
 *
 * @param keys of the issuer
 * @param algorithms agreed with the issuer
 * @param decryptionKeys of this resource server; none if answers are not encrypted
 * @param encryptions the agreed {@code enc} values
 */
record SignedAnswers(
        KeySource keys,
        Set<JwsAlgorithm> algorithms,
        ClaimsRules rules,
        List<DecryptionKey> decryptionKeys,
        Set<String> encryptions) {

    /** What is said about the token, of which everything around it has been checked. */
    JsonObject read(byte[] body, Instant now) {
        String compact = new String(body, StandardCharsets.ISO_8859_1);
        VerifiedJwt jwt = keys.verify(signed(compact), algorithms);
        return rules.check(jwt, now).all().requireObject(IntrospectionJwt.ANSWER);
    }

    private UnverifiedJwt signed(String compact) {
        if (decryptionKeys.isEmpty()) {
            return UnverifiedJwt.parse(compact);
        }
        Set<String> agreed =
                decryptionKeys.stream().map(DecryptionKey::algorithm).collect(Collectors.toUnmodifiableSet());
        return EncryptedJwt.parse(compact).decrypt(decryptionKeys, agreed, encryptions);
    }

    /** What is wrong with an agreement on encryption, if there is one. */
    static List<String> faults(List<DecryptionKey> keys, Set<String> encryptions) {
        List<String> faults = new ArrayList<>();
        if (keys.isEmpty() != encryptions.isEmpty()) {
            faults.add("encryptedResponses needs a key and an encryption");
        }
        if (!EncryptedJwt.ENCRYPTIONS.containsAll(encryptions)) {
            faults.add("encryptedResponses must name some of " + EncryptedJwt.ENCRYPTIONS);
        }
        return faults;
    }
}
