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
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.json.JsonObject;
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

class IntrospectionTest {

    private final Fixture fixture = Fixture.standard();

    private RefusalReason lastReason() {
        List<ServerEvent.IntrospectionAnswered> answered = fixture.events.of(ServerEvent.IntrospectionAnswered.class);
        return answered.get(answered.size() - 1).reason().orElseThrow();
    }

    @Nested
    @DisplayName("RFC 7662 §2.2: an active token")
    class Active {

        @Test
        @Requirement({"7662-2.2-02", "7662-2.2-03", "D-24"})
        void is_described_by_its_claims_and_its_type() {
            TestAnswer issued = fixture.validCall().with("scope", "orders.read").send();
            String token = issued.json().requireString("access_token");
            JsonObject expected = issued.token().claims().toBuilder()
                    .put("active", true)
                    .put("token_type", "Bearer")
                    .build();
            JsonObject said = fixture.introspect(token).isActive();
            assertThat(said).isEqualTo(expected);
            assertThat(said.names())
                    .containsExactlyInAnyOrder(
                            "active", "token_type", "iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti");
        }

        @Test
        @Requirement("7662-2.2-03")
        void has_whatever_other_claims_it_has() {
            JsonObject said = fixture.introspect(fixture.accessToken()
                            .claim("acr", "urn:mace:incommon:iap:silver")
                            .claim("auth_time", 1_700_000_000L)
                            .claim("cnf", JsonObject.parse("{\"jkt\":\"abc\"}"))
                            .claim("act", JsonObject.parse("{\"sub\":\"admin\"}"))
                            .claim("active", "a claim of that name")
                            .compact())
                    .isActive();
            assertThat(said.findString("acr")).hasValue("urn:mace:incommon:iap:silver");
            assertThat(said.findLong("auth_time")).hasValue(1_700_000_000L);
            assertThat(said.findObject("cnf").orElseThrow().requireString("jkt"))
                    .isEqualTo("abc");
            assertThat(said.findObject("act").orElseThrow().requireString("sub"))
                    .isEqualTo("admin");
        }

        @ParameterizedTest
        @ValueSource(strings = {"access_token", "refresh_token", "unheard_of"})
        @Requirement("7662-2.1-01")
        void is_found_whatever_the_hint_says(String hint) {
            fixture.introspection(fixture.token())
                    .with("token_type_hint", hint)
                    .basic(Fixture.ORDERS_API, Fixture.SECRET)
                    .send()
                    .isActive();
        }

        @Test
        @Requirement("7662-2.2-02")
        void is_active_to_the_second_before_its_exp() {
            String token = fixture.token();
            fixture.clock.advance(Duration.ofMinutes(10).minusMillis(1));
            fixture.introspect(token).isActive();
            fixture.clock.advance(Duration.ofMillis(1));
            fixture.introspect(token).isInactive();
            assertThat(lastReason()).isEqualTo(RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement("7662-2.2-02")
        void may_come_from_a_node_whose_clock_is_ahead_by_the_allowed_skew() {
            TestAssertion token = fixture.accessToken();
            long skew = 30;
            fixture.introspect(token.claim("iat", Fixture.NOW.getEpochSecond() + skew)
                            .compact())
                    .isActive();
            fixture.introspect(token.claim("iat", Fixture.NOW.getEpochSecond() + skew + 1)
                            .compact())
                    .isInactive();
        }

        @Test
        @Requirement("7523-3-16")
        void is_shown_once_for_one_client_assertion() {
            Fixture server = Fixture.standard()
                    .and(Fixture.keyClient("api", TestKeys.CLIENT)
                            .resourceServerFor(Set.of(new ResourceIndicator(Fixture.ORDERS))));
            String token = server.token();
            TestAssertion assertion = server.clientAssertion("api");
            server.introspection(token).assertion(assertion).send().isActive();
            server.introspection(token).assertion(assertion).send().isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 7662 §2.2: everything else is not active, and no more is said")
    class Inactive {

        private void isInactive(String token, RefusalReason reason) {
            fixture.introspect(token).isInactive();
            assertThat(lastReason()).isEqualTo(reason);
        }

        @Test
        @Requirement({"7662-2.2-01", "7662-2.2-02", "7662-2.3-01", "D-24"})
        void is_what_this_server_did_not_issue_as_an_access_token() {
            TestAssertion valid = fixture.accessToken();
            isInactive("garbage", RefusalReason.JWT_MALFORMED);
            isInactive(valid.unsigned(), RefusalReason.JWT_BAD_SIGNATURE);
            isInactive(valid.signedWith(TestKeys.ATTACKER).compact(), RefusalReason.JWT_KEY_UNKNOWN);
            isInactive(valid.header("typ", "JWT").compact(), RefusalReason.JWT_TYPE);
            isInactive(valid.withoutHeader("typ").compact(), RefusalReason.JWT_TYPE);
            isInactive(valid.header("typ", "logout+jwt").compact(), RefusalReason.JWT_TYPE);
            isInactive(valid.claim("iss", "https://other.example.com").compact(), RefusalReason.JWT_ISSUER);
            isInactive(fixture.clientAssertion().compact(), RefusalReason.JWT_KEY_UNKNOWN);
            isInactive(fixture.grantAssertion().compact(), RefusalReason.JWT_KEY_UNKNOWN);
            fixture.introspect(valid.compact()).isActive();
        }

        @ParameterizedTest
        @ValueSource(strings = {"sub", "client_id", "jti", "aud", "exp", "iat", "iss"})
        @Requirement({"7662-2.2-01", "7662-2.2-02"})
        void is_a_token_that_lacks_what_every_access_token_has(String claim) {
            isInactive(fixture.accessToken().without(claim).compact(), RefusalReason.JWT_MISSING_CLAIM);
        }

        @Test
        @Requirement("7662-2.2-02")
        void is_a_token_before_its_nbf() {
            long now = Fixture.NOW.getEpochSecond();
            fixture.introspect(fixture.accessToken().claim("nbf", now).compact())
                    .isActive();
            isInactive(fixture.accessToken().claim("nbf", now + 120).compact(), RefusalReason.JWT_NOT_YET_VALID);
        }

        @Test
        @Requirement({"7662-2.2-01", "7662-2.2-02"})
        void is_a_revoked_token() {
            String token = fixture.token();
            fixture.revoke(token);
            isInactive(token, RefusalReason.TOKEN_REVOKED);
        }
    }

    @Nested
    @DisplayName("RFC 7662 §2.1, §4: who may ask")
    class Askers {

        @Test
        @Requirement({"7662-2.2-01", "7662-2.2-04", "D-25"})
        void is_no_resource_server_of_another_resource() {
            String token = fixture.token();
            fixture.introspection(token)
                    .basic(Fixture.STOCK_API, Fixture.SECRET)
                    .send()
                    .isInactive();
            assertThat(lastReason()).isEqualTo(RefusalReason.TOKEN_FOR_OTHERS);
            fixture.introspect(token).isActive();
        }

        @Test
        @Requirement({"7662-2.2-04", "D-25"})
        void sees_the_scopes_of_its_own_resource_alone() {
            String both = fixture.accessToken()
                    .claim("aud", List.of(Fixture.ORDERS, Fixture.STOCK))
                    .claim("scope", "orders.read stock.read")
                    .compact();
            assertThat(fixture.introspect(both).isActive().findString("scope")).hasValue("orders.read");
            assertThat(fixture.introspection(both)
                            .basic(Fixture.STOCK_API, Fixture.SECRET)
                            .send()
                            .isActive()
                            .findString("scope"))
                    .hasValue("stock.read");
            String others = fixture.accessToken()
                    .claim("aud", List.of(Fixture.ORDERS, Fixture.STOCK))
                    .claim("scope", "stock.read")
                    .compact();
            assertThat(fixture.introspect(others).isActive().has("scope")).isFalse();
        }

        @Test
        @Requirement({"7662-2.1-02", "FAPI2MS-6.2-01", "D-25"})
        void is_no_client_without_the_flag_not_even_about_its_own_tokens() {
            String token = fixture.token();
            fixture.introspection(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInactive();
            assertThat(lastReason()).isEqualTo(RefusalReason.INTROSPECTION_NOT_ALLOWED);
            fixture.introspection(token)
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInactive();
        }

        @Test
        @Requirement("D-25")
        void is_a_client_about_its_own_tokens_where_that_is_switched_on() {
            Fixture server = Fixture.standard()
                    .and(Fixture.keyClient("curious", TestKeys.CLIENT).introspectOwnTokens(true));
            String own = server.clientCredentials()
                    .assertion(server.clientAssertion("curious"))
                    .send()
                    .json()
                    .requireString("access_token");
            server.introspection(own)
                    .assertion(server.clientAssertion("curious"))
                    .send()
                    .isActive();
            server.introspection(server.token())
                    .assertion(server.clientAssertion("curious"))
                    .send()
                    .isInactive();
        }

        @Test
        @Requirement({"7662-2-01", "7662-2.3-01", "D-25", "D-40"})
        void is_nobody_who_does_not_authenticate() {
            String token = fixture.token();
            fixture.introspection(token).send().isInvalidClient();
            fixture.introspection(token)
                    .with("client_id", Fixture.ORDERS_API)
                    .send()
                    .isInvalidClient();
            TestAnswer wrong = fixture.introspection(token)
                    .basic(Fixture.ORDERS_API, "wrong")
                    .send();
            wrong.isInvalidClient();
            assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
            fixture.introspection(token)
                    .header("Authorization", "Bearer " + token)
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement({"7662-2-01", "7662-2.1-01"})
        void asks_by_post_with_one_token_in_the_form() {
            fixture.get("/introspect").isRefused(405, "invalid_request");
            fixture.introspect("").isInvalidRequest();
            fixture.introspection("one")
                    .and("token", "two")
                    .basic(Fixture.ORDERS_API, Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
            fixture.send(ProtocolRequest.builder("POST", "/introspect")
                            .query("token=abc")
                            .form("token=abc")
                            .build())
                    .isInvalidRequest();
        }
    }

    @Nested
    @DisplayName("A token of whose revocation nothing is known for certain")
    class Uncertain {

        private final Unreadable store = new Unreadable();
        private final Fixture down = Fixture.withoutRevocation(builder -> builder.revokedTokens(store));

        @Test
        @Requirement({"7662-2.2-02", "D-24"})
        void is_never_called_active() {
            String token = down.token();
            TestAnswer answer = down.introspect(token);
            answer.isRefused(503, "temporarily_unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            store.readable = true;
            down.introspect(token).isActive();
            store.readable = false;
            down.clock.advance(Duration.ofMillis(999));
            down.introspect(token).isActive();
            down.clock.advance(Duration.ofMillis(1));
            down.introspect(token).isRefused(503, "temporarily_unavailable");
        }

        @Test
        @Requirement("7662-2.2-01")
        void is_not_asked_about_where_the_answer_is_certain() {
            down.introspect("garbage").isInactive();
            down.introspection(down.token())
                    .basic(Fixture.STOCK_API, Fixture.SECRET)
                    .send()
                    .isInactive();
        }
    }

    private static final class Unreadable implements RevokedTokens {
        private boolean readable;

        @Override
        public Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses) {
            return Optional.empty();
        }

        @Override
        public boolean isRevoked(JwtIdDigest digest) {
            throw new StoreException("down");
        }

        @Override
        public RevocationChanges changesSince(long mark, int most) {
            if (!readable) {
                throw new StoreException("down");
            }
            return new RevocationChanges(List.of(), mark, false);
        }
    }

    @Nested
    @DisplayName("What is reported")
    class Events {

        @Test
        @Requirement("7521-8.3-01")
        void names_who_asked_and_the_token_by_its_jti() {
            String token = fixture.token();
            JsonObject said = fixture.introspect(token).isActive();
            fixture.introspect("garbage of the sender").isInactive();
            assertThat(fixture.events.of(ServerEvent.IntrospectionAnswered.class))
                    .satisfiesExactly(
                            active -> {
                                assertThat(active.clientId()).isEqualTo(new ClientId(Fixture.ORDERS_API));
                                assertThat(active.jwtId().orElseThrow().value()).isEqualTo(said.requireString("jti"));
                                assertThat(active.reason()).isEmpty();
                            },
                            inactive -> {
                                assertThat(inactive.jwtId()).isEmpty();
                                assertThat(inactive.reason()).hasValue(RefusalReason.JWT_MALFORMED);
                            });
            assertThat(fixture.events.all().toString()).doesNotContain(token, "garbage of", Fixture.SECRET);
        }
    }
}
