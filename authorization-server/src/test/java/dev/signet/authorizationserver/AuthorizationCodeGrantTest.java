package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.CodeFixture.Tokens;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationCodeGrantTest {

    private final CodeFixture server = CodeFixture.standard();

    private void wasRefusedFor(RefusalReason reason) {
        assertThat(server.fixture.events.refusal().reason()).isEqualTo(reason);
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.3: a valid code")
    class Valid {

        @ParameterizedTest
        @ValueSource(strings = {CodeFixture.WEB, CodeFixture.APP, CodeFixture.KEYED})
        @Requirement({"6749-4.1.3-01", "9068-2.2-05"})
        void gives_a_token_that_speaks_for_the_resource_owner(String clientId) {
            TestAnswer answer = server.redeem(clientId, server.code(clientId));
            JsonObject claims = answer.token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(CodeFixture.SUBJECT);
            assertThat(claims.requireString("client_id")).isEqualTo(clientId);
            assertThat(claims.requireString("aud")).isEqualTo(Fixture.ORDERS);
            assertThat(claims.requireString("scope")).isEqualTo("orders.read orders.write");
            assertThat(answer.json().requireString("scope")).isEqualTo("orders.read orders.write");
            assertThat(answer.json().requireString("refresh_token")).hasSize(43);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(server.fixture.events.last(ServerEvent.TokenIssued.class).grantType())
                    .isEqualTo(GrantType.AUTHORIZATION_CODE);
        }

        @Test
        @Requirement({"9068-2.2.1-01", "9068-2.2.1-02"})
        void tells_when_and_how_the_resource_owner_authenticated() {
            JsonObject claims = server.redeem(CodeFixture.WEB, server.code(CodeFixture.WEB))
                    .token()
                    .claims();
            assertThat(claims.findLong("auth_time"))
                    .hasValue(Fixture.NOW.minusSeconds(300).getEpochSecond());
            assertThat(claims.requireString("acr")).isEqualTo("urn:example:loa:2");
            assertThat(claims.findStrings("amr")).hasValue(List.of("pwd", "otp"));
        }

        @Test
        @Requirement("9068-2.2.1-01")
        void is_the_only_one_to_tell_that_of_a_client_that_has_no_resource_owner() {
            JsonObject claims = server.fixture.validCall().send().token().claims();
            assertThat(claims.names()).doesNotContain("auth_time", "acr", "amr");
        }

        @Test
        @Requirement("D-29")
        void gives_no_refresh_token_to_a_client_that_is_not_registered_for_some() {
            server.fixture.and(CodeFixture.redeeming("once", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE)));
            TestAnswer answer = server.redeem("once", server.code("once"));
            answer.isIssued();
            assertThat(answer.json().has("refresh_token")).isFalse();
        }

        @Test
        void is_good_for_an_opaque_token_as_well() {
            CodeFixture opaque = CodeFixture.with(builder -> builder.resources(List.of(
                    Fixture.orders().tokenFormat(TokenFormat.opaque()).build(),
                    Fixture.stock().build())));
            TestAnswer answer = opaque.redeem(CodeFixture.WEB, opaque.code(CodeFixture.WEB));
            JsonObject active = opaque.fixture
                    .introspect(answer.json().requireString("access_token"))
                    .isActive();
            assertThat(active.requireString("sub")).isEqualTo(CodeFixture.SUBJECT);
            assertThat(active.findLong("auth_time")).isPresent();
        }

        @Test
        void is_not_judged_while_the_store_does_not_answer() {
            RecordingGrants failing = new RecordingGrants();
            failing.fail();
            CodeFixture down = CodeFixture.with(builder -> builder.grants(failing));
            TestAnswer answer = down.redeem(CodeFixture.WEB, down.code(CodeFixture.WEB));
            assertThat(answer.status() + " " + answer.error()).isEqualTo("503 temporarily_unavailable");
        }

        @Test
        @Requirement("6749-10.10-01")
        void is_never_the_same_and_as_long_as_256_bits() {
            List<String> codes = IntStream.range(0, 1_000)
                    .mapToObj(number -> server.code(CodeFixture.WEB))
                    .toList();
            assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[A-Za-z0-9_-]{43}"));
        }
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.2: time and use")
    class Once {

        @Test
        @Requirement("6749-4.1.2-01")
        void is_good_for_a_minute() {
            String code = server.code(CodeFixture.WEB);
            server.fixture.clock.advance(Duration.ofSeconds(59));
            server.redeem(CodeFixture.WEB, code).isIssued();
            String late = server.code(CodeFixture.WEB);
            server.fixture.clock.advance(Duration.ofSeconds(60));
            server.redeem(CodeFixture.WEB, late).isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_EXPIRED);
        }

        @Test
        @Requirement({"6749-4.1.2-02", "D-31"})
        void is_good_once_and_takes_its_tokens_along_when_it_comes_again() {
            String code = server.code(CodeFixture.WEB);
            Tokens tokens = Tokens.of(server.redeem(CodeFixture.WEB, code));
            Tokens refreshed = Tokens.of(server.refresh(CodeFixture.WEB, tokens.refresh()));
            Tokens others = server.tokens(CodeFixture.WEB);
            server.fixture.introspect(tokens.access()).isActive();
            TestAnswer again = server.redeem(CodeFixture.WEB, code);
            assertThat(again.status() + " " + again.error()).isEqualTo("400 invalid_grant");
            wasRefusedFor(RefusalReason.CODE_REUSED);
            server.fixture.introspect(tokens.access()).isInactive();
            server.fixture.introspect(refreshed.access()).isInactive();
            server.refresh(CodeFixture.WEB, tokens.refresh()).isInvalidGrant();
            server.fixture.introspect(others.access()).isActive();
            assertThat(server.fixture.events.last(ServerEvent.GrantReused.class).claimedClient())
                    .hasValue(new ClientId(CodeFixture.WEB));
        }

        @Test
        @Requirement({"6749-4.1.2-02", "D-31"})
        void takes_its_tokens_along_when_a_client_that_does_not_authenticate_has_the_verifier() {
            String code = server.code(CodeFixture.APP);
            Tokens tokens = Tokens.of(server.redeem(CodeFixture.APP, code));
            server.fixture.clock.advance(Duration.ofMinutes(5));
            assertThat(server.redeem(CodeFixture.APP, code).error()).isEqualTo("invalid_grant");
            wasRefusedFor(RefusalReason.CODE_REUSED);
            server.fixture.introspect(tokens.access()).isInactive();
        }

        @Test
        @Requirement("D-31")
        void stays_used_without_harm_when_who_sends_it_again_lacks_the_verifier() {
            String code = server.code(CodeFixture.APP);
            Tokens tokens = Tokens.of(server.redeem(CodeFixture.APP, code));
            String other = CodeFixture.newVerifier().value();
            server.as(CodeFixture.APP, server.redemption(code))
                    .with("code_verifier", other)
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_REUSE_UNPROVEN);
            assertThat(server.fixture.events.last(ServerEvent.GrantReused.class).reason())
                    .isEqualTo(RefusalReason.CODE_REUSE_UNPROVEN);
            server.fixture.introspect(tokens.access()).isActive();
            server.refresh(CodeFixture.APP, tokens.refresh()).isIssued();
        }

        @Test
        @Requirement("D-31")
        void stays_used_without_harm_when_another_client_sends_it_again() {
            String code = server.code(CodeFixture.APP);
            Tokens tokens = Tokens.of(server.redeem(CodeFixture.APP, code));
            server.redeem(CodeFixture.WEB, code).isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_REUSE_UNPROVEN);
            server.fixture.introspect(tokens.access()).isActive();
        }

        @Test
        @Requirement("D-31")
        void stays_used_without_harm_when_client_authentication_fails() {
            String code = server.code(CodeFixture.WEB);
            Tokens tokens = Tokens.of(server.redeem(CodeFixture.WEB, code));
            server.redemption(code)
                    .basic(CodeFixture.WEB, "not the secret of anybody, though it is long")
                    .send()
                    .isInvalidClient();
            wasRefusedFor(RefusalReason.CLIENT_SECRET_WRONG);
            server.fixture.introspect(tokens.access()).isActive();
        }

        @Test
        @Requirement({"D-31", "7523-3-16"})
        void stays_used_without_harm_when_the_whole_request_is_sent_again() {
            String code = server.code(CodeFixture.KEYED);
            TestCall call = server.as(CodeFixture.KEYED, server.redemption(code));
            Tokens tokens = Tokens.of(call.send());
            call.send().isInvalidClient();
            wasRefusedFor(RefusalReason.ASSERTION_REPLAYED);
            server.fixture.introspect(tokens.access()).isActive();
            assertThat(server.redeem(CodeFixture.KEYED, code).error()).isEqualTo("invalid_grant");
            server.fixture.introspect(tokens.access()).isInactive();
        }

        @Test
        @Requirement("7523-3-17")
        void is_not_used_up_by_a_request_whose_assertion_was_used_before() {
            String code = server.code(CodeFixture.KEYED);
            TestAssertion used = server.fixture.clientAssertion(CodeFixture.KEYED);
            server.redemption(server.code(CodeFixture.KEYED))
                    .assertion(used)
                    .send()
                    .isIssued();
            server.redemption(code).assertion(used).send().isInvalidClient();
            server.redeem(CodeFixture.KEYED, code).isIssued();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.3: what a code is bound to")
    class Binding {

        @Test
        @Requirement({"6749-4.1.2-03", "6749-4.1.3-01"})
        void another_client_gets_nothing_and_harms_nothing() {
            String code = server.code(CodeFixture.WEB);
            server.redeem(CodeFixture.KEYED, code).isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_OF_OTHER_CLIENT);
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    CodeFixture.CALLBACK + "/",
                    CodeFixture.CALLBACK + "?a=b",
                    "https://web.example.com/Callback",
                    "https://web.example.com:443/callback",
                    ""
                })
        @Requirement({"6749-4.1.2-03", "6749-4.1.3-01"})
        void another_redirect_uri_gets_nothing(String other) {
            String code = server.code(CodeFixture.WEB);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .with("redirect_uri", other)
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_REDIRECT_URI);
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @Test
        @Requirement("6749-4.1.2-03")
        void a_missing_redirect_uri_gets_nothing_unless_the_authorization_request_had_none() {
            String code = server.code(CodeFixture.WEB);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .without("redirect_uri")
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_REDIRECT_URI);
            String without = server.code(server.granted(CodeFixture.WEB).withoutRedirectUri());
            server.as(CodeFixture.WEB, server.redemption(without))
                    .without("redirect_uri")
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("6749-4.1.3-03")
        void who_does_not_say_who_they_are_gets_nothing() {
            String code = server.code(CodeFixture.APP);
            server.redemption(code).send().isInvalidClient();
            wasRefusedFor(RefusalReason.CLIENT_CREDENTIALS_MISSING);
            server.redeem(CodeFixture.APP, code).isIssued();
        }

        @Test
        @Requirement({"6749-4.1.3-01", "6749-2.2-01"})
        void the_name_of_a_confidential_client_alone_gets_nothing() {
            String code = server.code(CodeFixture.WEB);
            server.redemption(code).with("client_id", CodeFixture.WEB).send().isInvalidClient();
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @Test
        void a_client_that_is_registered_since_then_gets_nothing() {
            String code = server.code(server.granted("again"));
            server.fixture.clock.advance(Duration.ofSeconds(1));
            server.fixture.and(CodeFixture.redeeming("again", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .registeredAt(server.fixture.clock.instant()));
            server.redeem("again", code).isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_OF_OTHER_CLIENT);
            server.redeem("again", server.code("again")).isIssued();
        }

        @Test
        @Requirement("6749-5.2-03")
        void a_client_that_is_not_registered_for_codes_gets_nothing() {
            String code = server.code(server.granted(Fixture.BATCH));
            server.as(Fixture.BATCH, server.redemption(code)).send().isRefused(400, "unauthorized_client");
        }

        @Test
        void what_is_no_code_gets_nothing() {
            for (String text :
                    List.of("x", "a".repeat(43), server.tokens(CodeFixture.WEB).refresh())) {
                server.redeem(CodeFixture.WEB, text).isInvalidGrant();
                wasRefusedFor(RefusalReason.CODE_UNKNOWN);
            }
            server.as(CodeFixture.WEB, server.redemption("x"))
                    .without("code")
                    .send()
                    .isInvalidRequest();
        }

        @Test
        @Requirement("9068-5-02")
        void a_resource_owner_with_the_name_of_a_client_gets_it_nothing() {
            String code = server.code(server.granted(CodeFixture.WEB).by(CodeFixture.WEB));
            server.redeem(CodeFixture.WEB, code).isInvalidGrant();
        }
    }

    @Nested
    @DisplayName("RFC 7636 §4.6: the verifier")
    class Verifier {

        @Test
        @Requirement({"7636-4.6-01", "9700-2.1.1-03"})
        void must_not_be_missing() {
            String code = server.code(CodeFixture.WEB);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .without("code_verifier")
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_VERIFIER_MISSING);
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @Test
        @Requirement({"7636-4.6-01", "7636-4.4-01", "9700-2.1.1-03"})
        void must_be_that_of_the_request_the_code_was_issued_upon() {
            String code = server.code(CodeFixture.WEB);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .with("code_verifier", CodeFixture.newVerifier().value())
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_VERIFIER_WRONG);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .with("code_verifier", server.verifier.challenge().value())
                    .send()
                    .isInvalidGrant();
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @Test
        @Requirement("7636-4.1-02")
        void must_have_the_syntax_of_one() {
            String valid = server.verifier.value();
            String code = server.code(CodeFixture.WEB);
            for (String malformed : List.of(
                    valid.substring(1), "a".repeat(129), valid.substring(1) + "=", valid.substring(1) + "\u00e4")) {
                server.as(CodeFixture.WEB, server.redemption(code))
                        .with("code_verifier", malformed)
                        .send()
                        .isInvalidGrant();
                wasRefusedFor(RefusalReason.CODE_VERIFIER_WRONG);
            }
            server.redeem(CodeFixture.WEB, code).isIssued();
        }

        @Test
        @Requirement("9700-2.1.1-04")
        void must_not_be_sent_when_there_was_no_challenge() {
            String code = server.code(server.granted(CodeFixture.WEB).withoutChallenge());
            server.redeem(CodeFixture.WEB, code).isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_VERIFIER_UNEXPECTED);
            server.as(CodeFixture.WEB, server.redemption(code))
                    .without("code_verifier")
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement("6749-2.3-01")
        void is_what_a_client_that_does_not_authenticate_can_never_do_without() {
            String code = server.code(server.granted(CodeFixture.APP).withoutChallenge());
            server.as(CodeFixture.APP, server.redemption(code))
                    .without("code_verifier")
                    .send()
                    .isInvalidGrant();
            wasRefusedFor(RefusalReason.CODE_VERIFIER_MISSING);
        }
    }

    @Nested
    @DisplayName("RFC 8707 §2: what the token is for")
    class Target {

        private CodeFixture.Granted both() {
            return server.granted(CodeFixture.WEB)
                    .withScope("orders.read", "stock.read")
                    .at(Fixture.ORDERS, Fixture.STOCK);
        }

        private TestAnswer redeem(CodeFixture.Granted granted, String... resources) {
            TestCall call = server.as(CodeFixture.WEB, server.redemption(server.code(granted)));
            List.of(resources).forEach(resource -> call.and("resource", resource));
            return call.send();
        }

        @Test
        @Requirement({"8707-2.1-01", "8707-2.2-01", "D-10"})
        void is_a_resource_of_the_grant_and_no_other() {
            redeem(server.granted(CodeFixture.WEB), Fixture.ORDERS).isIssued();
            redeem(server.granted(CodeFixture.WEB), Fixture.STOCK).isRefused(400, "invalid_target");
            wasRefusedFor(RefusalReason.TARGET_UNKNOWN);
        }

        @Test
        @Requirement({"8707-2.2-02", "9068-2.2.3-02", "D-10"})
        void is_one_of_several_with_the_scope_that_belongs_there() {
            TestAnswer answer = redeem(both(), Fixture.STOCK);
            assertThat(answer.token().claims().requireString("aud")).isEqualTo(Fixture.STOCK);
            assertThat(answer.token().claims().requireString("scope")).isEqualTo("stock.read");
            assertThat(answer.json().requireString("scope")).isEqualTo("stock.read");
        }

        @Test
        @Requirement({"D-10", "8707-2-03"})
        void must_be_said_if_several_were_granted() {
            redeem(both()).isRefused(400, "invalid_target");
            redeem(both(), Fixture.ORDERS, Fixture.STOCK).isRefused(400, "invalid_target");
            redeem(both(), Fixture.ORDERS).isIssued();
        }

        @Test
        @Requirement("8707-2.1-01")
        void is_the_one_that_was_granted_though_another_is_the_default() {
            TestAnswer answer = redeem(
                    server.granted(CodeFixture.WEB).withScope("stock.read").at(Fixture.STOCK));
            assertThat(answer.token().claims().requireString("aud")).isEqualTo(Fixture.STOCK);
        }

        @Test
        void needs_no_scope_where_scopes_must_be_named_since_they_were_when_it_was_granted() {
            CodeFixture demanding = CodeFixture.with(builder -> builder.resources(List.of(
                    Fixture.orders().scopeRequired(true).build(),
                    Fixture.stock().build())));
            demanding.redeem(CodeFixture.WEB, demanding.code(CodeFixture.WEB)).isIssued();
        }

        @Test
        @Requirement("6749-3.3-01")
        void is_narrowed_to_what_the_client_may_still_have() {
            server.fixture.and(CodeFixture.redeeming("narrowed", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .scope(Scope.of("orders.write")));
            TestAnswer answer = server.redeem("narrowed", server.code("narrowed"));
            assertThat(answer.json().requireString("scope")).isEqualTo("orders.write");
        }
    }
}
