package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.ASSERTION_ISSUER_UNTRUSTED;
import static dev.signet.core.error.RefusalReason.JWT_ALGORITHM_NOT_ALLOWED;
import static dev.signet.core.error.RefusalReason.JWT_BAD_JSON;
import static dev.signet.core.error.RefusalReason.JWT_BAD_SIGNATURE;
import static dev.signet.core.error.RefusalReason.JWT_KEY_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_MALFORMED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.HostileTexts;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of others: who signs with a key that is not the sender's gets nothing, wherever the header says the key is. */
class ForeignKeyTest {

    private static final ClientId REMOTE = new ClientId("remote");

    /** Registered, but of {@link AttackedServer#NEIGHBOUR}. */
    private static final SigningKey NEIGHBOURS = FixedKeys.stranger();

    /** Registered nowhere. */
    private static final SigningKey ATTACKERS = FixedKeys.server();

    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private static HttpServer keys;
    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] jwks = FixedKeys.publicKeys(ATTACKERS).toJson().getBytes(StandardCharsets.UTF_8);
        keys.createContext("/", exchange -> {
            CONNECTIONS.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        keys.start();
        server = AttackedServer.start(folder, AttackedServer.keyClient(REMOTE, "jwks_uri: \"" + url("/jwks") + "\""));
    }

    @AfterAll
    static void stop() {
        server.close();
        keys.stop(0);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + keys.getAddress().getPort() + path;
    }

    @Nested
    @DisplayName("RFC 8725 §3.8: the key of somebody else the server knows")
    class KnownKeys {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3.2-02", "8725-3.8-01", "7521-8.1-01", "7521-5.2-10"})
        void refuses_the_kid_and_the_signature_of_another_client_or_issuer(Use use) {
            TestJwt valid = server.assertion(use);
            String keyId = valid.header().requireString("kid");
            TestJwt neighbours = valid.signedWith(NEIGHBOURS);
            TestJwt crossed = valid.signedWith(use == Use.GRANT ? FixedKeys.client() : FixedKeys.issuer());
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "kid and signature of another client",
                            neighbours.compact(),
                            "signature of another client",
                            neighbours.withHeader("kid", keyId).compact(),
                            "signature of another client, no kid",
                            neighbours.withoutHeader("kid").compact(),
                            "kid of another client",
                            valid.withHeader("kid", NEIGHBOURS.keyId()).compact(),
                            "kid and signature of the other use's",
                            crossed.compact(),
                            "signature of the other use's",
                            crossed.withHeader("kid", keyId).compact(),
                            "kid and signature of a key on another curve",
                            valid.signedWith(FixedKeys.ed25519()).compact()),
                    JWT_KEY_UNKNOWN,
                    JWT_BAD_SIGNATURE,
                    JWT_ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement("8725-3.10-01")
        void takes_a_hostile_kid_for_one_it_does_not_know(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            HostileTexts.all()
                    .filter(text -> text.length() < 10_000
                            && StandardCharsets.UTF_8.newEncoder().canEncode(text))
                    .forEach(text -> changed.put(
                            text,
                            valid.signedWith(ATTACKERS).withHeader("kid", text).compact()));
            changed.put(
                    "10 000 characters",
                    valid.signedWith(ATTACKERS)
                            .withHeader("kid", "k".repeat(10_000))
                            .compact());
            changed.put(
                    "a number", valid.signedWith(ATTACKERS).withHeader("kid", 1).compact());
            server.refuses(use, valid, changed, JWT_KEY_UNKNOWN, JWT_MALFORMED, JWT_BAD_JSON);
        }
    }

    @Nested
    @DisplayName("RFC 8725 §3.10, RFC 7515 §4.1: a key that comes with the JWT")
    class KeysInTheHeader {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3.2-02", "8725-3.10-02", "7523-3-04"})
        void trusts_none_of_them_and_connects_to_nobody(Use use) {
            TestJwt valid = server.assertion(use);
            TestJwt forged = valid.signedWith(ATTACKERS);
            String thumbprint = "wCjMfDkbZEqEFQfHCGJlUBLpLlnXMl1ZSB8ckmLO4TQ";
            JsonObject jwk = ATTACKERS.verificationKey().toJwk();
            Map<String, Object> places = Map.of(
                    "jwk",
                    jwk,
                    "jku",
                    url("/jwks"),
                    "x5u",
                    url("/chain.pem"),
                    "x5c",
                    List.of("MIIBszCCAVmgAwIBAgIUQ3J5cHRvZ3JhcGh5"),
                    "x5t",
                    thumbprint,
                    "x5t#S256",
                    thumbprint,
                    "jwks_uri",
                    url("/jwks"),
                    "iss",
                    url(""));
            int before = CONNECTIONS.get();
            Map<String, String> changed = new HashMap<>();
            places.forEach((name, value) -> {
                TestJwt with = forged.withHeader(name, value);
                changed.put(name, with.compact());
                changed.put(name + ", no kid", with.withoutHeader("kid").compact());
                changed.put(
                        name + ", the sender's kid",
                        with.withHeader("kid", valid.header().requireString("kid"))
                                .compact());
            });
            changed.put(
                    "jwk, kid of the same text",
                    forged.withHeader("jwk", jwk)
                            .withHeader("kid", jwk.toJson())
                            .compact());
            server.refuses(use, valid, changed, JWT_KEY_UNKNOWN, JWT_BAD_SIGNATURE, JWT_MALFORMED);
            assertThat(CONNECTIONS).hasValue(before);
        }

        @Test
        @Requirement({"7523-3-04", "8725-3.8-01"})
        void looks_up_no_issuer_that_nobody_trusts() {
            TestJwt valid = server.assertion(Use.GRANT);
            TestJwt forged = valid.signedWith(ATTACKERS);
            int before = CONNECTIONS.get();
            server.refuses(
                    Use.GRANT,
                    valid,
                    Map.of(
                            "an issuer with a JWK Set",
                            forged.withIssuer(url("")).compact(),
                            "a client as issuer",
                            forged.withIssuer(REMOTE.value()).compact()),
                    ASSERTION_ISSUER_UNTRUSTED);
            assertThat(CONNECTIONS).hasValue(before);
        }

        /** That nobody connects is worth something only if a connection would be noticed. */
        @Test
        @Requirement("7523-3.2-02")
        void connects_to_the_address_that_a_client_registered() {
            int before = CONNECTIONS.get();
            AttackedServer.assertIssued(server.send(
                    Use.CLIENT_AUTHENTICATION,
                    server.clientAssertion(REMOTE, ATTACKERS).compact()));
            assertThat(CONNECTIONS.get()).isGreaterThan(before);
        }
    }
}
