package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Three independent validators take the access token that our server issues, and refuse it once it is changed. */
@Tag("peer")
class AccessTokenPeersTest {

    /** Accepts a token or throws. */
    private interface Peer {
        void accept(String token) throws Exception;
    }

    @TestFactory
    @Requirement({"9068-2.1-05", "9068-2.2-01", "9068-2.2-03", "9068-2.1-04"})
    Stream<DynamicTest> every_peer_accepts_our_token_and_refuses_a_changed_one(@TempDir Path folder) throws Exception {
        return Stream.of("ES256", "RS256").flatMap(algorithm -> {
            try (PeerServer server = PeerServer.start(folder, algorithm)) {
                String token = server.token(PeerServer.RESOURCE);
                Map<String, Peer> peers = peers(server, algorithm);
                peers.values().forEach(peer -> warm(peer, token));
                return verdicts(algorithm, token, server.token(PeerServer.OTHER_RESOURCE), peers).stream();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void warm(Peer peer, String token) {
        assertThat(accepts(peer, token)).as("our token").isTrue();
    }

    /** The verdicts are taken while the server runs; the dynamic tests then report each by its name. */
    private static List<DynamicTest> verdicts(
            String algorithm, String token, String forAnother, Map<String, Peer> peers) {
        List<DynamicTest> tests = new ArrayList<>();
        peers.forEach((name, peer) -> mutations(token, forAnother).forEach((mutation, changed) -> {
            boolean accepted = accepts(peer, changed);
            tests.add(DynamicTest.dynamicTest(
                    algorithm + ", " + name + ": " + mutation,
                    () -> assertThat(accepted).isEqualTo(mutation.equals("unchanged"))));
        }));
        return tests;
    }

    private static Map<String, String> mutations(String token, String forAnother) {
        String[] parts = token.split("\\.");
        Map<String, String> mutations = new LinkedHashMap<>();
        mutations.put("unchanged", token);
        mutations.put("for another resource", forAnother);
        mutations.put(
                "another subject", parts[0] + "." + replaced(parts[1], "key-client", "key-owner!") + "." + parts[2]);
        mutations.put("another type", replaced(parts[0], "at+jwt", "id+jwt") + "." + parts[1] + "." + parts[2]);
        mutations.put("no signature", parts[0] + "." + parts[1] + ".");
        mutations.put("a signature bit flipped", parts[0] + "." + parts[1] + "." + flipped(parts[2]));
        return mutations;
    }

    private static String replaced(String part, String from, String to) {
        String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private static String flipped(String part) {
        byte[] signature = Base64.getUrlDecoder().decode(part);
        signature[signature.length / 2] ^= 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static boolean accepts(Peer peer, String token) {
        try {
            peer.accept(token);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private static Map<String, Peer> peers(PeerServer server, String algorithm) throws Exception {
        return Map.of(
                "Nimbus",
                nimbus(server, algorithm),
                "jose4j",
                jose4j(server),
                "Spring Security",
                spring(server, algorithm));
    }

    private static Peer nimbus(PeerServer server, String algorithm) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(algorithm),
                new ImmutableJWKSet<>(JWKSet.load(server.jwkSet().toURL()))));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                PeerServer.RESOURCE,
                new JWTClaimsSet.Builder().issuer(server.issuer()).build(),
                Set.of("exp", "sub", "client_id", "iat", "jti")));
        return token -> processor.process(token, null);
    }

    private static Peer jose4j(PeerServer server) throws Exception {
        JWKSet keys = JWKSet.load(server.jwkSet().toURL());
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(server.issuer())
                .setExpectedAudience(PeerServer.RESOURCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(new JsonWebKeySet(keys.toString()).getJsonWebKeys()))
                .build();
        return consumer::processToClaims;
    }

    private static Peer spring(PeerServer server, String algorithm) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        server.jwkSet().toString())
                .validateType(false)
                .jwsAlgorithm(SignatureAlgorithm.from(algorithm))
                .build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .audience(PeerServer.RESOURCE)
                .clientId(PeerServer.KEY_CLIENT)
                .issuer(server.issuer())
                .build());
        return decoder::decode;
    }
}
