package dev.signet.jwt.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On more than 100 000 seeded JWTs: we throw nothing but {@link JwtRejected}, accept nothing that every peer refuses,
 * and read the same subject as the peers do.
 */
class DifferentialTest {

    private static final long SEED = 20_261_121;
    private static final int VALID = 50;
    private static final String SECRET = "a secret of at least thirty-two octets";

    private static final ClaimsRules RULES = ClaimsRules.builder()
            .types(Set.of("at+jwt"))
            .issuer(Mutations.ISSUER)
            .audienceContains(Set.of(Mutations.AUDIENCE))
            .require("sub")
            .skew(Duration.ofSeconds(30))
            .build();

    /** One key known to us and to the peers. */
    private record Setting(
            String keyId,
            Function<byte[], byte[]> sign,
            Function<UnverifiedJwt, VerifiedJwt> verify,
            List<Peers.Peer> peers) {}

    @ParameterizedTest
    @CsvSource({"HS256, 84000", "RS256, 10000", "PS256, 4000", "ES256, 5000", "Ed25519, 4000"})
    @Requirement({"8725-3.7-01", "8725-3.7-02", "8725b-3.7-03", "8725-3.3-01"})
    void agrees_with_independent_libraries(JwsAlgorithm algorithm, int mutations) {
        Setting setting = algorithm.isMac() ? mac(algorithm) : asymmetric(algorithm);
        Mutations source = new Mutations(SEED, joseName(algorithm), setting.keyId, setting.sign);

        for (int i = 0; i < VALID; i++) {
            String jwt = source.valid();
            Optional<String> ours = ourSubject(setting, jwt);
            assertThat(ours).as("a valid JWT").isPresent();
            assertThat(setting.peers)
                    .as("a valid JWT")
                    .allSatisfy(peer -> assertThat(peer.subject(jwt)).isEqualTo(ours));
        }
        int accepted = 0;
        for (int i = 0; i < mutations; i++) {
            accepted += agrees(setting, source.mutated(), i) ? 1 : 0;
        }
        // Some mutations are harmless; were none of them, the peers would never have been asked.
        assertThat(accepted).isBetween(mutations / 100, mutations * 9 / 10);
    }

    /** Whether we accept; where we do, a peer must as well, with the same subject. */
    private static boolean agrees(Setting setting, String jwt, int number) {
        Optional<String> ours = ourSubject(setting, jwt);
        if (ours.isPresent()) {
            List<String> theirs = new ArrayList<>();
            for (Peers.Peer peer : setting.peers) {
                peer.subject(jwt).ifPresent(theirs::add);
            }
            assertThat(theirs)
                    .as("mutation %d, refused by all peers: %s", number, jwt)
                    .isNotEmpty();
            assertThat(theirs).as("mutation %d: %s", number, jwt).containsOnly(ours.get());
        }
        return ours.isPresent();
    }

    private static Optional<String> ourSubject(Setting setting, String jwt) {
        try {
            VerifiedJwt verified = setting.verify.apply(UnverifiedJwt.parse(jwt));
            return RULES.check(verified, Instant.ofEpochSecond(Mutations.NOW)).subject();
        } catch (JwtRejected rejected) {
            return Optional.empty();
        }
    }

    private static Setting mac(JwsAlgorithm algorithm) {
        MacKey key = MacKey.ofSecret(SECRET, algorithm);
        byte[] octets = SECRET.getBytes(StandardCharsets.UTF_8);
        String jwk = "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(octets) + "\"}";
        return new Setting(
                "k",
                key::sign,
                jwt -> jwt.verify(List.of(key)),
                List.of(
                        Peers.nimbus(algorithm.joseName(), jwk),
                        Peers.jose4j(algorithm.joseName(), new SecretKeySpec(octets, "HmacSHA256"))));
    }

    private static Setting asymmetric(JwsAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
        JwkSet keys = JwkSet.of(List.of(key.verificationKey()));
        String name = joseName(algorithm);
        List<Peers.Peer> peers = new ArrayList<>();
        peers.add(Peers.jose4j(name, key.verificationKey().publicKey()));
        peers.add(
                algorithm == JwsAlgorithm.Ed25519
                        ? Peers.nimbusEd25519(key.verificationKey().publicKey())
                        : Peers.nimbus(name, key.verificationKey().toJwk().toJson()));
        Set<JwsAlgorithm> allowed = Set.of(JwsAlgorithm.find(name).orElseThrow());
        return new Setting(key.keyId(), key::sign, jwt -> jwt.verify(keys, allowed), peers);
    }

    /** The peers know Ed25519 by its older name. */
    private static String joseName(JwsAlgorithm algorithm) {
        return algorithm == JwsAlgorithm.Ed25519 ? "EdDSA" : algorithm.joseName();
    }
}
