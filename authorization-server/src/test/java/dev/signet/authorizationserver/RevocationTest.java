package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 7009 §2, §2.1: a token of the client's own")
    class Own {

        @Test
        @Requirement({"7009-2-01", "7009-2.1-04", "7009-2.2-01", "D-44", "7662-2.2-02"})
        void is_not_active_from_the_next_request_on() {
            String token = fixture.token();
            fixture.introspect(token).isActive();
            fixture.revoke(token).isEmpty();
            fixture.introspect(token).isInactive();
        }

        @Test
        @Requirement("7009-2-01")
        void is_revoked_alone() {
            String other = fixture.token();
            fixture.revoke(fixture.token()).isEmpty();
            fixture.introspect(other).isActive();
        }

        @Test
        @Requirement({"7009-2.1-01", "7009-2-01"})
        void may_be_revoked_by_a_client_with_a_secret() {
            String token = fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .json()
                    .requireString("access_token");
            fixture.revocation(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isEmpty();
            fixture.introspect(token).isInactive();
        }

        @Test
        @Requirement("7009-2-01")
        void may_be_signed_with_a_key_that_signs_no_more() {
            String token = fixture.token();
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.server.signingKeys().rotate(Duration.ZERO);
            assertThat(fixture.token().split("\\.")[0]).as("header with kid").isNotEqualTo(token.split("\\.")[0]);
            fixture.introspect(token).isActive();
            fixture.revoke(token).isEmpty();
            fixture.introspect(token).isInactive();
        }

        @ParameterizedTest
        @ValueSource(strings = {"access_token", "refresh_token", "saml2", "\u00e4"})
        @Requirement("7009-2.1-02")
        void is_found_whatever_the_hint_says(String hint) {
            String token = fixture.token();
            fixture.revocation(token)
                    .with("token_type_hint", hint)
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isEmpty();
            fixture.introspect(token).isInactive();
        }

        @Test
        @Requirement("7009-2.3-01")
        void is_revoked_without_regard_to_a_callback() {
            String token = fixture.token();
            fixture.revocation(token)
                    .with("callback", "package.myCallback")
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isEmpty();
        }

        @Test
        void may_be_revoked_by_a_client_that_cannot_authenticate() {
            Fixture open = Fixture.withIssuer(JwtBearerGrantTest::open);
            String token = open.exchange(open.grantAssertion().compact())
                    .with("client_id", Fixture.PUBLIC)
                    .send()
                    .json()
                    .requireString("access_token");
            open.revocation(token).send().isInvalidClient();
            open.introspect(token).isActive();
            open.revocation(token).with("client_id", Fixture.PUBLIC).send().isEmpty();
            open.introspect(token).isInactive();
        }
    }

    @Nested
    @DisplayName("RFC 7009 §2.2: what is no live token of this server")
    class Nothing {

        private void isAsGoodAsRevoked(String token, RefusalReason reason) {
            fixture.revoke(token).isEmpty();
            assertThat(fixture.revokedTokens.size()).isZero();
            assertThat(fixture.events.of(ServerEvent.NothingRevoked.class))
                    .last()
                    .satisfies(event -> assertThat(event.reason()).isEqualTo(reason));
        }

        @Test
        @Requirement("7009-2.2-01")
        void is_as_good_as_revoked() {
            TestAssertion valid = fixture.accessToken();
            isAsGoodAsRevoked("garbage", RefusalReason.JWT_MALFORMED);
            isAsGoodAsRevoked(valid.unsigned(), RefusalReason.JWT_BAD_SIGNATURE);
            isAsGoodAsRevoked(valid.signedWith(TestKeys.ATTACKER).compact(), RefusalReason.JWT_KEY_UNKNOWN);
            isAsGoodAsRevoked(valid.header("typ", "JWT").compact(), RefusalReason.JWT_TYPE);
            isAsGoodAsRevoked(valid.claim("iss", "https://other.example.com").compact(), RefusalReason.JWT_ISSUER);
            isAsGoodAsRevoked(fixture.clientAssertion().compact(), RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        @Requirement("7009-2.2-01")
        void is_an_expired_token_from_its_exp_on() {
            String token = fixture.token();
            fixture.clock.advance(Duration.ofMinutes(10));
            isAsGoodAsRevoked(token, RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement("7009-2.2-01")
        void is_not_a_token_that_is_revoked_already() {
            String token = fixture.token();
            fixture.revoke(token).isEmpty();
            fixture.revoke(token).isEmpty();
            assertThat(fixture.revokedTokens.size()).isEqualTo(1);
        }

        @Test
        @Requirement({"7523-3-16", "7009-2.2-01"})
        void uses_up_the_client_s_assertion_all_the_same() {
            TestAssertion assertion = fixture.clientAssertion();
            fixture.revocation("garbage").assertion(assertion).send().isEmpty();
            fixture.revocation("garbage").assertion(assertion).send().isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7009 §2.1: what is refused")
    class Refused {

        @Test
        @Requirement({"7009-2.1-01", "D-44"})
        void is_another_client_s_token_which_stays_active() {
            String token = fixture.token();
            fixture.revocation(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.TOKEN_OF_OTHER_CLIENT);
            assertThat(fixture.revokedTokens.size()).isZero();
            fixture.introspect(token).isActive();
        }

        @Test
        @Requirement({"D-44", "7523-3-17"})
        void leaves_no_trace_of_the_client_s_assertion() {
            String foreign = fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .json()
                    .requireString("access_token");
            TestAssertion assertion = fixture.clientAssertion();
            fixture.revocation(foreign).assertion(assertion).send().isInvalidRequest();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
        }

        @Test
        @Requirement({"7009-2.1-01", "7523-3-16"})
        void is_a_used_assertion_and_nothing_is_revoked() {
            String token = fixture.token();
            TestAssertion assertion = fixture.clientAssertion();
            fixture.clientCredentials().assertion(assertion).send().isIssued();
            fixture.revocation(token).assertion(assertion).send().isInvalidClient();
            assertThat(fixture.revokedTokens.size()).isZero();
            fixture.introspect(token).isActive();
        }

        @Test
        @Requirement({"7009-2.1-01", "D-40"})
        void is_a_client_that_does_not_authenticate() {
            String token = fixture.token();
            fixture.revocation(token).send().isInvalidClient();
            fixture.revocation(token).with("client_id", Fixture.REPORTER).send().isInvalidClient();
            TestAnswer wrong =
                    fixture.revocation(token).basic(Fixture.BATCH, "wrong").send();
            wrong.isInvalidClient();
            assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
            fixture.introspect(token).isActive();
        }

        @Test
        @Requirement("7009-2.1-01")
        void is_a_request_without_a_token_or_with_two() {
            fixture.revocation("").assertion(fixture.clientAssertion()).send().isInvalidRequest();
            fixture.revocation("one")
                    .and("token", "two")
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidRequest();
        }

        @Test
        void is_a_token_in_the_query_and_any_method_but_post() {
            fixture.send(ProtocolRequest.builder("POST", "/revoke")
                            .query("token=abc")
                            .form("token=abc")
                            .build())
                    .isInvalidRequest();
            fixture.get("/revoke").isRefused(405, "invalid_request");
        }
    }

    @Nested
    @DisplayName("RFC 7009 §2.2.1: what is not supported, or not possible now")
    class Unable {

        @Test
        @Requirement({"7009-2.2.1-01", "D-44"})
        void is_said_where_tokens_are_irrevocable() {
            Fixture stateless = Fixture.withoutRevocation(builder -> builder.allowIrrevocableAccessTokens(true));
            String token = stateless.token();
            stateless.revoke(token).isRefused(400, "unsupported_token_type");
            assertThat(stateless.events.refusal().reason()).isEqualTo(RefusalReason.TOKEN_IRREVOCABLE);
            stateless.introspect(token).isActive();
            stateless.revoke("garbage").isEmpty();
            stateless
                    .revocation(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
        }

        @Test
        @Requirement("7009-2.2.1-01")
        void is_answered_503_while_the_store_is_down() {
            Fixture down = Fixture.withoutRevocation(builder -> builder.revokedTokens(new Unwritable()));
            String token = down.token();
            TestAssertion assertion = down.clientAssertion();
            TestAnswer answer = down.revocation(token).assertion(assertion).send();
            answer.isRefused(503, "temporarily_unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            down.introspect(token).isActive();
            down.clientCredentials().assertion(assertion).send().isIssued();
        }

        @Test
        void there_is_no_such_endpoint_without_a_store() {
            Fixture none = Fixture.withoutRevocation(builder -> {});
            none.revoke("garbage").isRefused(404, "invalid_request");
            none.introspect("garbage").isRefused(404, "invalid_request");
        }
    }

    /** Can be read, and not be written to. */
    private static final class Unwritable implements RevokedTokens {
        @Override
        public Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses) {
            throw new StoreException("full");
        }

        @Override
        public boolean isRevoked(JwtIdDigest digest) {
            return false;
        }

        @Override
        public RevocationChanges changesSince(long mark, int most) {
            return new RevocationChanges(List.of(), mark, false);
        }
    }

    @Nested
    @DisplayName("What is reported")
    class Events {

        @Test
        @Requirement("7521-8.3-01")
        void names_the_token_by_its_jti_and_holds_no_token() {
            String token = fixture.token();
            fixture.revoke(token).isEmpty();
            fixture.revoke("garbage of the client").isEmpty();
            assertThat(fixture.events.of(ServerEvent.TokenRevoked.class))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.clientId().value()).isEqualTo(Fixture.REPORTER);
                        assertThat(event.jwtId().value())
                                .isEqualTo(UnverifiedJwt.parse(token)
                                        .verify(fixture.server.signingKeys().published(), Set.of(JwsAlgorithm.ES256))
                                        .claims()
                                        .requireString("jti"));
                        assertThat(event.expiresAt()).isEqualTo(Fixture.NOW.plusSeconds(600));
                    });
            assertThat(fixture.events.all().toString()).doesNotContain(token, "garbage of");
        }

        @Test
        void includes_the_leniency_by_which_the_client_was_let_in() {
            Fixture lenient = Fixture.standard()
                    .and(Fixture.keyClient("old", TestKeys.CLIENT).legacyAssertionAudience(true));
            lenient.revocation("garbage")
                    .assertion(lenient.clientAssertion("old").claim("aud", Fixture.TOKEN_ENDPOINT))
                    .send()
                    .isEmpty();
            assertThat(lenient.events.leniencies()).containsExactly("legacyAssertionAudience");
        }
    }
}
