package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.CodeFixture.Tokens;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.registry.RefreshTokenRotation;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenGrantTest {

    private final CodeFixture server = CodeFixture.standard();

    private void wasRefusedFor(RefusalReason reason) {
        assertThat(server.fixture.events.refusal().reason()).isEqualTo(reason);
    }

    private TestCall refreshing(String clientId, String refreshToken) {
        return server.as(clientId, server.refreshing(refreshToken));
    }

    @Nested
    @DisplayName("RFC 6749 §6: of somebody whose account is gone")
    class Gone {

        private final Map<String, Account> accounts = new HashMap<>();

        private CodeFixture knowing(boolean all) {
            return CodeFixture.with(builder -> builder.resourceOwnersHaveAccounts(all)
                    .accounts(subject -> Optional.ofNullable(accounts.get(subject))));
        }

        private Tokens ofSomebodyGone(CodeFixture known) {
            accounts.put(CodeFixture.SUBJECT, new Account(CodeFixture.SUBJECT, true, Attributes.none()));
            Tokens tokens = known.tokens(CodeFixture.WEB);
            known.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
            accounts.clear();
            return tokens;
        }

        @Test
        void gives_nothing_where_all_have_one() {
            CodeFixture known = knowing(true);
            Tokens tokens = ofSomebodyGone(known);
            known.refresh(CodeFixture.WEB, tokens.refresh()).isRefused(400, "invalid_grant");
            assertThat(known.fixture.events.refusal().reason()).isEqualTo(RefusalReason.ACCOUNT_UNKNOWN);
        }

        @Test
        void is_good_where_some_are_kept_elsewhere() {
            CodeFixture known = knowing(false);
            Tokens tokens = ofSomebodyGone(known);
            known.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §6: a valid refresh token")
    class Valid {

        @ParameterizedTest
        @ValueSource(strings = {CodeFixture.WEB, CodeFixture.APP, CodeFixture.KEYED})
        @Requirement({"6749-6-01", "9068-2.2-07"})
        void gives_another_token_of_the_same_grant(String clientId) {
            Tokens tokens = server.tokens(clientId);
            server.fixture.clock.advance(Duration.ofHours(2));
            TestAnswer answer = server.refresh(clientId, tokens.refresh());
            JsonObject claims = answer.token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(CodeFixture.SUBJECT);
            assertThat(claims.requireString("client_id")).isEqualTo(clientId);
            assertThat(claims.requireString("scope")).isEqualTo("orders.read orders.write");
            assertThat(claims.findLong("iat"))
                    .hasValue(server.fixture.clock.instant().getEpochSecond());
            assertThat(answer.json().requireString("scope")).isEqualTo("orders.read orders.write");
            assertThat(server.fixture.events.last(ServerEvent.TokenIssued.class).grantType())
                    .isEqualTo(GrantType.REFRESH_TOKEN);
        }

        @Test
        @Requirement("9068-2.2.1-02")
        void tells_of_the_authentication_of_its_own_authorization() {
            Tokens first = server.tokens(CodeFixture.WEB);
            server.fixture.clock.advance(Duration.ofMinutes(30));
            server.tokens(CodeFixture.WEB);
            JsonObject claims =
                    server.refresh(CodeFixture.WEB, first.refresh()).token().claims();
            assertThat(claims.findLong("auth_time"))
                    .hasValue(Fixture.NOW.minusSeconds(300).getEpochSecond());
            assertThat(claims.requireString("acr")).isEqualTo("urn:example:loa:2");
            assertThat(claims.findStrings("amr")).hasValue(List.of("pwd", "otp"));
        }

        @Test
        @Requirement("D-29")
        void of_a_client_that_authenticates_stays() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            for (int use = 0; use < 3; use++) {
                TestAnswer answer = server.refresh(CodeFixture.WEB, tokens.refresh());
                answer.isIssued();
                assertThat(answer.json().has("refresh_token")).isFalse();
            }
        }

        @Test
        @Requirement({"D-29", "6749-6-05", "6749-6-03"})
        void of_a_client_that_does_not_is_replaced() {
            String refresh = server.tokens(CodeFixture.APP).refresh();
            for (int use = 0; use < 3; use++) {
                String next =
                        Tokens.of(server.refresh(CodeFixture.APP, refresh)).refresh();
                assertThat(next).hasSize(43).isNotEqualTo(refresh);
                refresh = next;
            }
        }
    }

    @Nested
    @DisplayName("RFC 9700 §4.14.2: a refresh token that was replaced")
    class Rotation {

        @Test
        @Requirement({"D-29", "6749-6-05"})
        void ends_the_grant_with_all_its_tokens_when_it_comes_again() {
            Tokens first = server.tokens(CodeFixture.APP);
            Tokens second = Tokens.of(server.refresh(CodeFixture.APP, first.refresh()));
            Tokens others = server.tokens(CodeFixture.APP);
            assertThat(server.refresh(CodeFixture.APP, first.refresh()).error()).isEqualTo("invalid_grant");
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_REUSED);
            assertThat(server.fixture.events.last(ServerEvent.GrantReused.class).claimedClient())
                    .hasValue(new ClientId(CodeFixture.APP));
            server.refresh(CodeFixture.APP, second.refresh()).isInvalidGrant();
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_UNKNOWN);
            server.fixture.introspect(first.access()).isInactive();
            server.fixture.introspect(second.access()).isInactive();
            server.fixture.introspect(others.access()).isActive();
            server.refresh(CodeFixture.APP, others.refresh()).isIssued();
        }

        @Test
        @Requirement("D-29")
        void is_rotated_for_a_client_that_authenticates_and_is_registered_so() {
            server.fixture.and(rotating("rotating", RefreshTokenRotation.STRICT));
            Tokens first = server.tokens("rotating");
            Tokens second = Tokens.of(server.refresh("rotating", first.refresh()));
            assertThat(second.refresh()).isNotEmpty();
            server.refresh("rotating", first.refresh());
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_REUSED);
            server.refresh("rotating", second.refresh()).isInvalidGrant();
        }

        @Test
        @Requirement("D-29")
        void may_come_again_within_the_grace_of_its_client_and_that_is_reported() {
            server.fixture.and(rotating("graced", new RefreshTokenRotation(true, Duration.ofSeconds(10))));
            Tokens first = server.tokens("graced");
            Tokens second = Tokens.of(server.refresh("graced", first.refresh()));
            assertThat(server.fixture.events.leniencies()).isEmpty();
            server.fixture.clock.advance(Duration.ofSeconds(9));
            Tokens third = Tokens.of(server.refresh("graced", first.refresh()));
            assertThat(server.fixture.events.leniencies()).containsExactly("refreshTokenGrace");
            Tokens.of(server.refresh("graced", second.refresh()));
            Tokens.of(server.refresh("graced", third.refresh()));
            server.fixture.clock.advance(Duration.ofSeconds(1));
            assertThat(server.refresh("graced", first.refresh()).error()).isEqualTo("invalid_grant");
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_REUSED);
        }

        @Test
        @Requirement("6749-6-05")
        void does_no_harm_when_another_client_sends_it() {
            Tokens first = server.tokens(CodeFixture.APP);
            Tokens second = Tokens.of(server.refresh(CodeFixture.APP, first.refresh()));
            server.refresh(CodeFixture.WEB, first.refresh()).isInvalidGrant();
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_OF_OTHER_CLIENT);
            server.refresh(CodeFixture.APP, second.refresh()).isIssued();
        }

        private RegisteredClient.Builder rotating(String clientId, RefreshTokenRotation rotation) {
            return CodeFixture.redeeming(clientId, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .refreshTokenRotation(rotation);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §6: whose it is")
    class Binding {

        @Test
        @Requirement("6749-6-01")
        void another_client_gets_nothing() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            server.refresh(CodeFixture.KEYED, tokens.refresh()).isInvalidGrant();
            wasRefusedFor(RefusalReason.REFRESH_TOKEN_OF_OTHER_CLIENT);
            server.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
        }

        @Test
        @Requirement("6749-6-01")
        void its_client_gets_nothing_without_authentication() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            server.refreshing(tokens.refresh())
                    .with("client_id", CodeFixture.WEB)
                    .send()
                    .isInvalidClient();
            server.refreshing(tokens.refresh()).send().isInvalidClient();
            server.refresh(CodeFixture.WEB, tokens.refresh()).isIssued();
        }

        @Test
        @Requirement("6749-6-07")
        void an_altered_one_gets_nothing() {
            String refresh = server.tokens(CodeFixture.WEB).refresh();
            String altered = (refresh.charAt(0) == 'A' ? "B" : "A") + refresh.substring(1);
            for (String text : List.of(altered, refresh + "A", refresh.substring(1), server.code(CodeFixture.WEB))) {
                server.refresh(CodeFixture.WEB, text).isInvalidGrant();
                wasRefusedFor(RefusalReason.REFRESH_TOKEN_UNKNOWN);
            }
            server.refresh(CodeFixture.WEB, refresh).isIssued();
            refreshing(CodeFixture.WEB, refresh).without("refresh_token").send().isInvalidRequest();
        }

        @Test
        @Requirement("7523-3-17")
        void is_not_used_by_a_request_whose_assertion_was_used_before() {
            Tokens tokens = server.tokens(CodeFixture.KEYED);
            TestAssertion used = server.fixture.clientAssertion(CodeFixture.KEYED);
            server.refreshing(tokens.refresh()).assertion(used).send().isIssued();
            server.refreshing(tokens.refresh()).assertion(used).send().isInvalidClient();
            wasRefusedFor(RefusalReason.ASSERTION_REPLAYED);
            server.refresh(CodeFixture.KEYED, tokens.refresh()).isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §6: scope and resources")
    class Bounds {

        @Test
        @Requirement({"6749-6-02", "6749-6-03"})
        void may_be_narrowed_and_widened_again_but_not_beyond() {
            String refresh = server.tokens(CodeFixture.APP, granted -> granted.withScope("orders.read", "orders.write"))
                    .refresh();
            TestAnswer narrowed = refreshing(CodeFixture.APP, refresh)
                    .with("scope", "orders.read")
                    .send();
            assertThat(narrowed.token().claims().requireString("scope")).isEqualTo("orders.read");
            assertThat(narrowed.json().requireString("scope")).isEqualTo("orders.read");
            String next = narrowed.json().requireString("refresh_token");
            TestAnswer widened = server.refresh(CodeFixture.APP, next);
            assertThat(widened.json().requireString("scope")).isEqualTo("orders.read orders.write");
        }

        @Test
        @Requirement({"6749-6-02", "6749-6-04"})
        void are_never_exceeded_though_the_client_is_registered_for_more() {
            String refresh = server.tokens(CodeFixture.WEB, granted -> granted.withScope("orders.read"))
                    .refresh();
            refreshing(CodeFixture.WEB, refresh)
                    .with("scope", "orders.read orders.write")
                    .send()
                    .isRefused(400, "invalid_scope");
            refreshing(CodeFixture.WEB, refresh)
                    .with("scope", "orders.read")
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"6749-6-04", "8707-2.2-01", "8707-2.1-01"})
        void hold_for_resources() {
            String refresh = server.tokens(CodeFixture.WEB).refresh();
            refreshing(CodeFixture.WEB, refresh)
                    .with("resource", Fixture.STOCK)
                    .send()
                    .isRefused(400, "invalid_target");
            refreshing(CodeFixture.WEB, refresh)
                    .with("resource", Fixture.ORDERS)
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"8707-2.2-02", "D-10"})
        void let_a_client_choose_among_several_resources() {
            String code = server.code(server.granted(CodeFixture.WEB)
                    .withScope("orders.read", "stock.read")
                    .at(Fixture.ORDERS, Fixture.STOCK));
            String refresh = Tokens.of(server.as(CodeFixture.WEB, server.redemption(code))
                            .with("resource", Fixture.ORDERS)
                            .send())
                    .refresh();
            TestAnswer stock = refreshing(CodeFixture.WEB, refresh)
                    .with("resource", Fixture.STOCK)
                    .send();
            assertThat(stock.token().claims().requireString("aud")).isEqualTo(Fixture.STOCK);
            assertThat(stock.json().requireString("scope")).isEqualTo("stock.read");
            server.refresh(CodeFixture.WEB, refresh).isRefused(400, "invalid_target");
        }
    }

    @Nested
    @DisplayName("RFC 9700 §4.14.2: time")
    class Time {

        private final CodeFixture server = CodeFixture.with(builder -> builder.refreshTokenLifetimes(
                new RefreshTokenLifetimes(Duration.ofDays(7), RefreshTokenLifetimes.STANDARD.absolute())));

        @ParameterizedTest
        @ValueSource(strings = {CodeFixture.WEB, CodeFixture.APP})
        @Requirement("6749-6-06")
        void ends_it_if_it_is_not_used(String clientId) {
            Tokens used = server.tokens(clientId);
            Tokens unused = server.tokens(clientId);
            server.fixture.clock.advance(Duration.ofDays(7).minusSeconds(1));
            server.refresh(clientId, used.refresh()).isIssued();
            server.fixture.clock.advance(Duration.ofSeconds(1));
            server.refresh(clientId, unused.refresh()).isInvalidGrant();
            assertThat(server.fixture.events.refusal().reason()).isEqualTo(RefusalReason.REFRESH_TOKEN_EXPIRED);
        }

        @ParameterizedTest
        @ValueSource(strings = {CodeFixture.WEB, CodeFixture.APP})
        @Requirement("6749-6-06")
        void does_not_end_it_before_the_grant_does_as_long_as_it_is_used(String clientId) {
            String refresh = server.tokens(clientId).refresh();
            for (int week = 1; week <= 14; week++) {
                server.fixture.clock.advance(Duration.ofDays(6));
                refresh = next(clientId, refresh);
            }
            server.fixture.clock.advance(Duration.ofDays(6).minusSeconds(1));
            refresh = next(clientId, refresh);
            server.fixture.clock.advance(Duration.ofSeconds(1));
            server.refresh(clientId, refresh).isInvalidGrant();
            assertThat(server.fixture.events.refusal().reason()).isEqualTo(RefusalReason.REFRESH_TOKEN_EXPIRED);
        }

        private String next(String clientId, String refresh) {
            TestAnswer answer = server.refresh(clientId, refresh);
            answer.isIssued();
            return answer.json().findString("refresh_token").orElse(refresh);
        }
    }

    @Nested
    class A_code_or_refresh_token {

        @Test
        @Requirement("6749-6-07")
        void is_told_to_nobody_but_its_client() {
            String code = server.code(CodeFixture.APP);
            Tokens first = Tokens.of(server.redeem(CodeFixture.APP, code));
            Tokens second = Tokens.of(server.refresh(CodeFixture.APP, first.refresh()));
            server.redeem(CodeFixture.WEB, code);
            server.refresh(CodeFixture.WEB, second.refresh());
            server.refresh(CodeFixture.APP, first.refresh());
            server.redeem(CodeFixture.APP, code);
            server.as(CodeFixture.APP, server.fixture.revocation(second.refresh()))
                    .send();
            String reported = server.fixture.events.all().toString();
            assertThat(reported)
                    .contains("REFRESH_TOKEN_REUSED", "TokenIssued")
                    .doesNotContain(code, first.refresh(), second.refresh(), first.access(), server.verifier.value());
        }
    }

    @Nested
    class What_is_taken_from_the_client_since_then {

        @Test
        void is_the_grant_type() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            var registered =
                    server.fixture.clients.find(new ClientId(CodeFixture.WEB)).orElseThrow();
            server.fixture.clients.change(
                    registered.clientId(),
                    client -> client.toBuilder()
                            .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                            .build());
            server.refresh(CodeFixture.WEB, tokens.refresh()).isRefused(400, "unauthorized_client");
        }

        @Test
        @Requirement("6749-6-02")
        void is_a_scope() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            server.fixture.clients.change(
                    new ClientId(CodeFixture.WEB),
                    client -> client.toBuilder().scope(Scope.of("orders.read")).build());
            TestAnswer answer = server.refresh(CodeFixture.WEB, tokens.refresh());
            assertThat(answer.json().requireString("scope")).isEqualTo("orders.read");
        }

        @Test
        void is_its_consent() {
            Tokens tokens = server.tokens(CodeFixture.WEB);
            Tokens others = server.tokens(CodeFixture.APP);
            assertThat(server.fixture.grants.revokeAll(new ClientId(CodeFixture.WEB), CodeFixture.SUBJECT))
                    .hasSize(1);
            server.refresh(CodeFixture.WEB, tokens.refresh()).isInvalidGrant();
            server.fixture.clock.advance(Duration.ofSeconds(1));
            server.fixture.introspect(tokens.access()).isInactive();
            server.fixture.introspect(others.access()).isActive();
        }
    }
}
