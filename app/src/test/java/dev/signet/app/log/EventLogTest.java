package dev.signet.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.KeyUse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final Optional<ClientId> SHOP = Optional.of(new ClientId("shop"));

    private static final List<ServerEvent> ONE_OF_EACH = List.of(
            new ServerEvent.TokenIssued(
                    AT,
                    "c1",
                    "client_credentials",
                    new ClientId("shop"),
                    "shop",
                    new ResourceIndicator("https://api.example.com"),
                    Scope.of("a", "b"),
                    new JwtId("jti-1"),
                    AT.plusSeconds(600),
                    Optional.of("kid-1")),
            new ServerEvent.RequestRefused(
                    AT,
                    "c2",
                    "/token\n{\"level\":\"FORGED\"}",
                    SHOP,
                    ErrorCode.INVALID_CLIENT,
                    RefusalReason.ASSERTION_REPLAYED,
                    "the jti was used"),
            new ServerEvent.ReplayRefused(AT, "c3", SHOP, ErrorCode.INVALID_CLIENT),
            new ServerEvent.RequestFailed(
                    AT, "c4", "/token", RefusalReason.STORE_UNAVAILABLE, new IllegalStateException("secret")),
            new ServerEvent.LeniencyUsed(AT, "c5", new LeniencyUse("legacyAssertionAudience", "shop")),
            new ServerEvent.ServerKeyPublished(AT, KeyUse.SIGNATURE, "kid-1", "ES256", AT, AT),
            new ServerEvent.ServerKeyRetired(AT, KeyUse.ENCRYPTION, "kid-1", "ECDH-ES"),
            new ServerEvent.ServerKeysNotReloaded(AT, KeyUse.SIGNATURE, new IllegalStateException("secret")),
            new ServerEvent.TokenRevoked(AT, "c6", new ClientId("shop"), new JwtId("jti-1"), AT.plusSeconds(600)),
            new ServerEvent.NothingRevoked(AT, "c7", new ClientId("shop"), RefusalReason.JWT_EXPIRED),
            new ServerEvent.IntrospectionAnswered(
                    AT,
                    "c8",
                    new ClientId("api"),
                    Optional.of(new JwtId("jti-1")),
                    Optional.of(RefusalReason.TOKEN_REVOKED)),
            new ServerEvent.RevocationsNotRead(AT, new IllegalStateException("secret")),
            new ServerEvent.ClaimLeftOut(
                    AT,
                    "c9",
                    new ClientId("shop"),
                    new ResourceIndicator("https://api.example.com"),
                    new JwtId("jti-1"),
                    "email"),
            new ServerEvent.LargeTokenIssued(
                    AT,
                    "c10",
                    new ClientId("shop"),
                    new ResourceIndicator("https://api.example.com"),
                    new JwtId("jti-1"),
                    5000),
            new ServerEvent.AuthorizationApproved(
                    AT,
                    "c11",
                    new ClientId("shop"),
                    "alice",
                    Set.of(new ResourceIndicator("https://api.example.com")),
                    Scope.of("a", "b"),
                    new JwtId("grant-1")),
            new ServerEvent.AuthorizationDenied(AT, "c12", new ClientId("shop")),
            new ServerEvent.GrantRevoked(AT, "c13", new ClientId("shop"), new JwtId("grant-1"), 2),
            new ServerEvent.GrantReused(
                    AT, "c14", Optional.of(new ClientId("shop")), RefusalReason.REFRESH_TOKEN_REUSED),
            new ServerEvent.RequestPushed(AT, "c18", new ClientId("shop"), AT.plusSeconds(90)),
            new ServerEvent.ClientRegistered(AT, "c15", new ClientId("shop"), Optional.of("crew")),
            new ServerEvent.RegistrationChanged(AT, "c16", new ClientId("shop")),
            new ServerEvent.RegistrationRemoved(AT, "c17", new ClientId("shop")));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private List<JsonObject> lines(List<ServerEvent> events) {
        JsonLog.start(out, LogLevel.DEBUG);
        EventLog log = new EventLog();
        events.forEach(log::onEvent);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonObject::parse)
                .toList();
    }

    @Test
    void every_kind_of_event_is_written_under_a_name_of_its_own() {
        assertThat(ONE_OF_EACH)
                .extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ServerEvent.class.getPermittedSubclasses()));
        List<JsonObject> lines = lines(ONE_OF_EACH);
        assertThat(lines).hasSameSizeAs(ONE_OF_EACH);
        assertThat(lines).extracting(line -> line.requireString("event")).doesNotHaveDuplicates();
    }

    @Test
    void a_token_is_described_and_not_shown() {
        JsonObject line = lines(ONE_OF_EACH).get(0);
        assertThat(line.requireString("event")).isEqualTo("token-issued");
        assertThat(line.requireString("correlation")).isEqualTo("c1");
        assertThat(line.requireString("client")).isEqualTo("shop");
        assertThat(line.requireString("scope")).isEqualTo("a b");
        assertThat(line.requireString("jti")).isEqualTo("jti-1");
    }

    @Test
    void a_refusal_has_its_stable_reason_and_forges_nothing() {
        JsonObject line = lines(ONE_OF_EACH).get(1);
        assertThat(line.requireString("level")).isEqualTo("INFO");
        assertThat(line.requireString("error")).isEqualTo("invalid_client");
        assertThat(line.requireString("reason")).isEqualTo("assertion-replayed");
        assertThat(line.requireString("path")).isEqualTo("/token\n{\"level\":\"FORGED\"}");
    }

    @Test
    void a_refusal_that_the_server_is_to_blame_for_is_an_error() {
        JsonObject line = lines(List.of(new ServerEvent.RequestRefused(
                        AT,
                        "c2",
                        "/introspect",
                        SHOP,
                        ErrorCode.SERVER_ERROR,
                        RefusalReason.INTROSPECTION_FORM_IMPOSSIBLE,
                        "no key")))
                .get(0);
        assertThat(line.requireString("level")).isEqualTo("ERROR");
        assertThat(line.requireString("reason")).isEqualTo("introspection-form-impossible");
        assertThat(line.requireString("claimedClient")).isEqualTo("shop");
    }

    @Test
    void an_answer_about_a_token_says_what_was_not_told_to_the_client() {
        JsonObject line = lines(ONE_OF_EACH).get(10);
        assertThat(line.requireString("event")).isEqualTo("introspection-answered");
        assertThat(line.requireString("level")).isEqualTo("DEBUG");
        assertThat(line.requireString("client")).isEqualTo("api");
        assertThat(line.requireString("jti")).isEqualTo("jti-1");
        assertThat(line.requireString("reason")).isEqualTo("token-revoked");
    }

    @Test
    void a_large_token_is_told_with_its_length_and_a_missing_claim_by_its_name() {
        List<JsonObject> lines = lines(ONE_OF_EACH);
        assertThat(lines.get(12).requireString("claim")).isEqualTo("email");
        assertThat(lines.get(13).findLong("length")).hasValue(5000L);
        assertThat(lines.get(13).requireString("client")).isEqualTo("shop");
        assertThat(lines.get(13).requireString("resource")).isEqualTo("https://api.example.com");
    }

    @Test
    void what_an_operator_should_look_at_has_a_higher_level() {
        assertThat(lines(ONE_OF_EACH))
                .extracting(line -> line.requireString("event") + " " + line.requireString("level"))
                .contains(
                        "replay-refused WARN",
                        "request-failed ERROR",
                        "leniency-used WARN",
                        "signing-keys-not-reloaded ERROR",
                        "revocations-not-read ERROR",
                        "claim-left-out WARN",
                        "large-token-issued WARN",
                        "token-revoked INFO");
    }
}
