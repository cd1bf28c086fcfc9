package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.NOW;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.LocalIntrospection.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.LocalIntrospection.Answer;
import dev.signet.resourceserver.introspection.IntrospectionClient;
import dev.signet.resourceserver.introspection.IntrospectionOutcome;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Active;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Inactive;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Unavailable;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignedAnswersTest {

    private static final DecryptionKey OURS = decryptionKey("ours");
    private static final DecryptionKey OTHERS = decryptionKey("others");

    private final LocalIntrospection server = new LocalIntrospection();
    private final IntrospectionClient client = signed().build();

    private static DecryptionKey decryptionKey(String keyId) {
        return DecryptionKey.fromJwk(Fixture.newKey(JwsAlgorithm.ES256).toPrivateJwk().toBuilder()
                .put("alg", "ECDH-ES")
                .put("use", "enc")
                .put("kid", keyId)
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private IntrospectionClient.Builder signed() {
        return server.client(Fixture.CLOCK).signedResponses().keys(KeySource.of(keys(KEY)));
    }

    private JsonObject.Builder active() {
        return server.signed(server.active());
    }

    private IntrospectionOutcome ask(Answer answer) {
        server.answering(answer);
        return client.ask("a-token");
    }

    private IntrospectionOutcome ask(JsonObject.Builder claims) {
        return ask(Answer.jwt(sign(KEY, claims)));
    }

    private static void assertUnavailable(IntrospectionOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unavailable.class);
    }

    @Nested
    @DisplayName("RFC 9701 §4: what is asked for")
    class Asked {

        @Test
        @Requirement({"9701-4-01", "D-26"})
        void is_a_jwt_and_nothing_else_is_taken() {
            assertThat(ask(active())).isInstanceOf(Active.class);
            assertThat(server.last().accept()).isEqualTo("application/token-introspection+jwt");
            assertUnavailable(ask(Answer.json(server.active())));
            assertUnavailable(ask(new Answer(200, "application/jwt", sign(KEY, active()))));
            assertUnavailable(ask(new Answer(401, "application/json", "{\"error\":\"invalid_client\"}")));
            assertUnavailable(ask(new Answer(500, "application/token-introspection+jwt", sign(KEY, active()))));
        }

        @Test
        @Requirement("9701-4-01")
        void is_json_unless_signed_answers_are_asked_for() {
            IntrospectionClient plain = server.client(Fixture.CLOCK).build();
            server.answering(Answer.jwt(sign(KEY, active())));
            assertUnavailable(plain.ask("a-token"));
            server.answering(Answer.json(server.active()));
            assertThat(plain.ask("a-token")).isInstanceOf(Active.class);
        }
    }

    @Nested
    @DisplayName("RFC 9701 §8.1: what is believed")
    class Believed {

        @Test
        @Requirement({"9701-8.1-01", "9701-5-03"})
        void is_what_the_object_within_says() {
            assertThat(((Active) ask(active())).answer())
                    .isEqualTo(server.active().build());
            assertThat(ask(server.signed(LocalIntrospection.inactive()))).isInstanceOf(Inactive.class);
            assertUnavailable(ask(server.signed(JsonObject.builder())));
            assertUnavailable(ask(active().remove("token_introspection").put("active", true)));
            assertUnavailable(ask(active().put("token_introspection", "{\"active\":true}")));
        }

        @Test
        @Requirement({"9701-8.1-01", "8725-3.12-01"})
        void has_the_type_the_issuer_the_audience_and_the_time() {
            assertUnavailable(ask(Answer.jwt(JwtSigner.of(KEY, "at+jwt").sign(active().build()))));
            assertUnavailable(ask(Answer.jwt(JwtSigner.of(KEY, "JWT").sign(active().build()))));
            assertUnavailable(ask(active().put("iss", "https://other.example.com")));
            assertUnavailable(ask(active().put("aud", "stock-api")));
            assertUnavailable(ask(active().put("aud", List.of(LocalIntrospection.API, "stock-api"))));
            assertUnavailable(ask(active().put("iat", NOW.getEpochSecond() - 90)));
            assertUnavailable(ask(active().put("iat", NOW.getEpochSecond() + 31)));
            assertUnavailable(ask(active().remove("iat")));
            assertThat(ask(active().put("iat", NOW.getEpochSecond() - 89))).isInstanceOf(Active.class);
        }

        @Test
        @Requirement("9701-8.1-01")
        void is_signed_by_the_issuer_with_an_algorithm_that_was_agreed() {
            String good = sign(KEY, active());
            assertUnavailable(ask(Answer.jwt(sign(OTHER_KEY, active()))));
            assertUnavailable(ask(Answer.jwt(good.substring(0, good.lastIndexOf('.') + 1))));
            assertUnavailable(ask(Answer.jwt("garbage")));
            server.answering(Answer.jwt(good));
            assertUnavailable(
                    signed().algorithms(Set.of(JwsAlgorithm.RS256)).build().ask("a-token"));
            assertThat(ask(Answer.jwt(good))).isInstanceOf(Active.class);
        }

        @Test
        @Requirement({"9701-8.1-01", "9068-4-01"})
        void is_checked_with_keys_that_are_discovered() {
            IntrospectionClient discovering =
                    server.client(Fixture.CLOCK).signedResponses().build();
            server.publish(KEY);
            server.answering(Answer.jwt(sign(KEY, active())));
            assertThat(discovering.ask("a-token")).isInstanceOf(Active.class);
            server.answering(Answer.jwt(sign(OTHER_KEY, active())));
            assertUnavailable(discovering.ask("a-token"));
        }
    }

    @Nested
    @DisplayName("RFC 9701 §5: signed, then encrypted")
    class Encrypted {

        private final IntrospectionClient encrypted = server.client(Fixture.CLOCK)
                .keys(KeySource.of(keys(KEY)))
                .encryptedResponses(List.of(OURS), Set.of("A256GCM"))
                .build();

        private IntrospectionOutcome ask(DecryptionKey key, String encryption) {
            EncryptionKey recipient = EncryptionKey.fromJwk(key.toJwk(), key.algorithm());
            server.answering(Answer.jwt(JwtEncrypter.of(recipient, encryption).encrypt(sign(KEY, active()))));
            return encrypted.ask("a-token");
        }

        @Test
        @Requirement({"9701-5-05", "9701-8.1-01"})
        void is_opened_with_the_key_of_this_server_as_was_agreed() {
            assertThat(ask(OURS, "A256GCM")).isInstanceOf(Active.class);
            assertUnavailable(ask(OTHERS, "A256GCM"));
            assertUnavailable(ask(OURS, "A128GCM"));
            server.answering(Answer.jwt(sign(KEY, active())));
            assertUnavailable(encrypted.ask("a-token"));
        }
    }

    @Nested
    @DisplayName("what can't be")
    class Faults {

        @Test
        void is_said_all_at_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IntrospectionClient.builder(Issuer.of("https://as.example.com"))
                            .keys(KeySource.of(keys(KEY)))
                            .encryptedResponses(List.of(OURS), Set.of("none"))
                            .algorithms(Set.of(JwsAlgorithm.HS256))
                            .leeway(Duration.ofSeconds(301))
                            .timeout(Duration.ZERO)
                            .mostAtOnce(0)
                            .build())
                    .withMessageContainingAll(
                            "outbound is missing",
                            "authentication is missing",
                            "algorithms must name at least one, and no MAC",
                            "encryptedResponses must name some of",
                            "leeway must be 0 to 300 seconds",
                            "timeout must be 1 millisecond to 30 seconds",
                            "mostAtOnce must be 1 to 10000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IntrospectionClient.builder(Issuer.of("https://as.example.com"))
                            .outbound(OutboundHttp.builder().build())
                            .endpoint(URI.create("http://as.example.com/introspect"))
                            .authentication(ClientAuthentication.none(new ClientId("orders-api")))
                            .keys(KeySource.of(keys(KEY)))
                            .build())
                    .withMessageContainingAll(
                            "endpoint must be https",
                            "authentication proves nothing",
                            "keys and algorithms are for signedResponses");
        }

        @Test
        void is_an_endpoint_that_the_metadata_does_not_name_unless_it_is_given() {
            IntrospectionClient given = server.client(Fixture.CLOCK)
                    .endpoint(URI.create(server.issuer() + "/introspect"))
                    .build();
            server.answering(Answer.json(server.active()));
            assertThat(given.ask("a-token")).isInstanceOf(Active.class);
            assertThat(given.toString()).contains("orders-api").doesNotContain(LocalIntrospection.SECRET);
        }
    }
}
