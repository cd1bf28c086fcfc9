package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.accesstoken.AccessTokenClaims;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.AuthorityShape;
import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.authorizationserver.claims.ClaimSource;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenContentTest {

    private static final Set<String> OF_EVERY_TOKEN =
            Set.of("iss", "sub", "client_id", "aud", "scope", "iat", "exp", "jti");
    private static final String TENANT = "https://example.com/tenant";

    /** A server whose trusted issuer tells about mail and groups, and whose orders get claims. */
    private static Fixture mapping(UnaryOperator<ClaimMapping.Builder> claims) {
        return with(claims, builder -> {});
    }

    private static Fixture with(
            UnaryOperator<ClaimMapping.Builder> claims, Consumer<AuthorizationServer.Builder> settings) {
        return Fixture.with(builder -> {
            builder.resources(List.of(
                            Fixture.orders()
                                    .claims(claims.apply(ClaimMapping.builder()).build())
                                    .build(),
                            Fixture.stock().build()))
                    .trustedIssuers(TrustedIssuers.of(List.of(Fixture.ci()
                            .attributes(Set.of("mail", "groups", "verified"))
                            .build())));
            settings.accept(builder);
        });
    }

    private static UnaryOperator<ClaimMapping.Builder> claim(String name, String attribute) {
        return claims -> claims.claim(name, ClaimSource.subjectAttribute(attribute));
    }

    /** The claims of the token for an assertion that says something about its subject. */
    private static JsonObject claims(Fixture fixture, String attribute, Object value) {
        return fixture.exchange(fixture.grantAssertion().claim(attribute, value))
                .send()
                .token()
                .claims();
    }

    private static JsonObject object(String name, Object value) {
        return JsonObject.builder().put(name, value).build();
    }

    @Nested
    @DisplayName("RFC 9068 §2.2.2: attributes")
    class OfAttributes {

        @Test
        @Requirement({"9068-2.2.2-01", "9068-6-04"})
        void become_claims_under_the_configured_name() {
            Fixture fixture = mapping(claim("email", "mail"));
            JsonObject claims = claims(fixture, "mail", "ann@example.com");
            assertThat(claims.requireString("email")).isEqualTo("ann@example.com");
            assertThat(claims.names()).hasSize(OF_EVERY_TOKEN.size() + 1).containsAll(OF_EVERY_TOKEN);
        }

        @Test
        @Requirement("9068-6-04")
        void stay_where_they_are_unless_the_resource_is_configured_to_get_them() {
            Fixture fixture = mapping(claim("email", "mail"));
            JsonObject other = fixture.exchange(fixture.grantAssertion().claim("mail", "ann@example.com"))
                    .with("resource", Fixture.STOCK)
                    .send()
                    .token()
                    .claims();
            assertThat(other.names()).isEqualTo(OF_EVERY_TOKEN);
            assertThat(claims(fixture, "groups", List.of("staff")).names()).isEqualTo(OF_EVERY_TOKEN);
        }

        @Test
        @Requirement("9068-6-04")
        void are_no_others_than_those_the_issuer_is_trusted_with() {
            Fixture fixture = mapping(claim("role", "role"));
            assertThat(claims(fixture, "role", "admin").names()).isEqualTo(OF_EVERY_TOKEN);
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).isEmpty();
        }

        @Test
        void come_from_subject_client_or_configuration() {
            Fixture fixture = mapping(claims -> claims.claim("tier", ClaimSource.clientAttribute("tier"))
                            .claim(TENANT, ClaimSource.fixed(object("id", 7)))
                            .claim("email", ClaimSource.subjectAttribute("mail")))
                    .and(Fixture.keyClient("gold", TestKeys.CLIENT)
                            .attributes(Attributes.of(JsonObject.builder()
                                    .put("tier", "gold")
                                    .put("mail", "gold@example.com")
                                    .build())));
            JsonObject forSubject = fixture.exchange(fixture.grantAssertion().compact())
                    .assertion(fixture.clientAssertion("gold"))
                    .send()
                    .token()
                    .claims();
            assertThat(forSubject.requireString("tier")).isEqualTo("gold");
            assertThat(forSubject.requireObject(TENANT)).isEqualTo(object("id", 7L));
            assertThat(forSubject.has("email"))
                    .as("the client is not the subject")
                    .isFalse();
            JsonObject forItself = fixture.clientCredentials()
                    .assertion(fixture.clientAssertion("gold"))
                    .send()
                    .token()
                    .claims();
            assertThat(forItself.requireString("email")).isEqualTo("gold@example.com");
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).isEmpty();
        }

        @Test
        @Requirement({"7662-2.2-03", "9068-2.2-02", "D-24"})
        void are_told_alike_whatever_the_format_of_the_token() {
            for (TokenFormat format : List.of(TokenFormat.jwt(), TokenFormat.opaque())) {
                Fixture fixture = with(
                        claims -> claims,
                        builder -> builder.resources(List.of(
                                Fixture.orders()
                                        .tokenFormat(format)
                                        .claims(ClaimMapping.builder()
                                                .claim("email", ClaimSource.subjectAttribute("mail"))
                                                .build())
                                        .build(),
                                Fixture.stock().build())));
                TestAnswer answer = fixture.exchange(fixture.grantAssertion().claim("mail", "ann@example.com"))
                        .send();
                JsonObject said = fixture.introspect(answer.json().requireString("access_token"))
                        .isActive();
                assertThat(said.requireString("email")).isEqualTo("ann@example.com");
                assertThat(said.findLong("exp").orElseThrow()
                                - said.findLong("iat").orElseThrow())
                        .isEqualTo(answer.json().findLong("expires_in").orElseThrow());
            }
        }

        @Test
        void of_the_wrong_type_are_left_out_and_reported_by_name() {
            Fixture fixture = mapping(claims -> claims.claim("email", ClaimSource.subjectAttribute("mail"))
                    .claim("email_verified", ClaimSource.subjectAttribute("verified")));
            JsonObject claims = fixture.exchange(fixture.grantAssertion()
                            .claim("mail", List.of("ann@example.com"))
                            .claim("verified", true))
                    .send()
                    .token()
                    .claims();
            assertThat(claims.has("email")).isFalse();
            assertThat(claims.findBoolean("email_verified")).hasValue(true);
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.claim()).isEqualTo("email");
                        assertThat(event.clientId().value()).isEqualTo(Fixture.REPORTER);
                        assertThat(event.resource().value()).isEqualTo(Fixture.ORDERS);
                        assertThat(event.jwtId().value()).isEqualTo(claims.requireString("jti"));
                        assertThat(event.toString()).doesNotContain("ann@");
                    });
        }

        @Test
        void beyond_the_limits_are_left_out_and_reported() {
            Fixture fixture = mapping(claim("name", "mail"));
            String longest = "x".repeat(Attributes.LONGEST_VALUE - 2);
            assertThat(claims(fixture, "mail", longest).requireString("name")).isEqualTo(longest);
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).isEmpty();
            assertThat(claims(fixture, "mail", longest + "x").has("name")).isFalse();
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).hasSize(1);
            assertThat(claims(fixture, "mail", JsonNull.NULL).has("name")).isFalse();
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).hasSize(1);
        }

        @Test
        @Requirement("9068-2.2.2-03")
        void are_not_for_the_request_to_choose() {
            Fixture fixture = mapping(claim("email", "mail"));
            JsonObject plain = claims(fixture, "mail", "ann@example.com");
            JsonObject asked = fixture.exchange(fixture.grantAssertion().claim("mail", "ann@example.com"))
                    .with("claims", "{\"access_token\":{\"groups\":null},\"userinfo\":{\"name\":null}}")
                    .with("mail", "eve@example.com")
                    .with("email", "eve@example.com")
                    .with("groups", "admin")
                    .send()
                    .token()
                    .claims();
            assertThat(asked.toBuilder().put("jti", "").build())
                    .isEqualTo(plain.toBuilder().put("jti", "").build());
        }
    }

    @Nested
    @DisplayName("RFC 9068 §2.2.3.1: groups, roles and entitlements")
    class Authorities {

        private final Object mixed = List.of(
                "staff",
                JsonObject.builder()
                        .put("value", "e9e3")
                        .put("display", "Tour Guides")
                        .put("$ref", "https://example.com/Groups/e9e3")
                        .build());

        @ParameterizedTest
        @ValueSource(strings = {"groups", "roles", "entitlements"})
        @Requirement({"9068-2.2.3.1-01", "9068-2.2.3.1-02"})
        void are_written_as_scim_has_them(String claim) {
            assertThat(claims(mapping(claim(claim, "groups")), "groups", mixed).find(claim))
                    .contains(List.of(
                            object("value", "staff"),
                            JsonObject.builder()
                                    .put("value", "e9e3")
                                    .put("display", "Tour Guides")
                                    .build()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"groups", "roles", "entitlements"})
        @Requirement("9068-2.2.3.1-02")
        void are_plain_strings_where_the_resource_wants_those(String claim) {
            UnaryOperator<ClaimMapping.Builder> plain =
                    claims -> claim(claim, "groups").apply(claims).authorityShape(AuthorityShape.PLAIN);
            assertThat(claims(mapping(plain), "groups", mixed).findStrings(claim))
                    .contains(List.of("staff", "e9e3"));
            assertThat(claims(mapping(plain), "groups", "staff").findStrings(claim))
                    .contains(List.of("staff"));
        }

        @Test
        void are_whole_or_not_there() {
            for (Object wrong : List.of(
                    5,
                    true,
                    "",
                    List.of("staff", 5),
                    List.of("staff", ""),
                    List.of("staff", List.of("nested")),
                    object("display", "no value"),
                    JsonObject.builder().put("value", "v").put("display", 5).build(),
                    List.of("staff", JsonNull.NULL))) {
                Fixture fixture = mapping(claim("groups", "groups"));
                assertThat(claims(fixture, "groups", wrong).has("groups")).isFalse();
                assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).hasSize(1);
            }
        }
    }

    @Nested
    @DisplayName("RFC 9068 §2.2.2: reserved claims")
    class Reserved {

        @Test
        @Requirement("9068-2.2.2-02")
        void cannot_be_mapped() {
            assertThat(AccessTokenProfile.RESERVED_CLAIMS)
                    .contains(
                            "iss",
                            "sub",
                            "aud",
                            "exp",
                            "nbf",
                            "iat",
                            "jti",
                            "client_id",
                            "scope",
                            "act",
                            "may_act",
                            "cnf",
                            "auth_time",
                            "acr",
                            "amr",
                            "active",
                            "token_type",
                            "username");
            for (String reserved : AccessTokenProfile.RESERVED_CLAIMS) {
                assertThatThrownBy(() -> mapping(claims -> claims.claim(reserved, ClaimSource.fixed("x"))
                                .claim("email", ClaimSource.subjectAttribute("mail"))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("claims: claim " + reserved + " is reserved for the server itself");
            }
            mapping(claims -> claims.claim(TENANT, ClaimSource.fixed("x")).claim("team", ClaimSource.fixed("x")));
        }

        @Test
        @Requirement("9068-2.2.2-02")
        void are_refused_from_the_function_too() {
            for (String reserved : AccessTokenProfile.RESERVED_CLAIMS) {
                Fixture fixture = Fixture.with(builder -> builder.accessTokenClaims(approval -> object(reserved, "x")));
                fixture.validExchange().send().isRefused(500, "server_error");
                assertThat(fixture.events.of(ServerEvent.RequestFailed.class))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.reason()).isEqualTo(RefusalReason.CLAIMS_RESERVED);
                            assertThat(event.cause()).hasMessageEndingWith("reserved ones: " + reserved);
                        });
                assertThat(fixture.events.of(ServerEvent.TokenIssued.class)).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("The function that adds claims")
    class Function {

        @Test
        void is_told_what_was_approved() {
            AtomicReference<Approval> told = new AtomicReference<>();
            Fixture fixture = with(
                    claims -> claims,
                    builder -> builder.accessTokenClaims(approval -> {
                        told.set(approval);
                        return object(TENANT, "acme");
                    }));
            JsonObject claims = claims(fixture, "mail", "ann@example.com");
            assertThat(claims.requireString(TENANT)).isEqualTo("acme");
            assertThat(claims.names()).hasSize(OF_EVERY_TOKEN.size() + 1);
            assertThat(told.get().grantType()).isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
            assertThat(told.get().clientId().value()).isEqualTo(Fixture.REPORTER);
            assertThat(told.get().subject()).isEqualTo("repo:acme/shop");
            assertThat(told.get().subjectAttributes().find("mail")).contains("ann@example.com");
            assertThat(told.get().clientAttributes().isEmpty()).isTrue();
            assertThat(told.get().resource().resource().value()).isEqualTo(Fixture.ORDERS);
            assertThat(told.get().scope().toString()).isEqualTo("orders.read");
        }

        @Test
        void has_the_last_word() {
            Fixture fixture = with(
                    claims -> claims.claim("email", ClaimSource.subjectAttribute("mail"))
                            .claim("tier", ClaimSource.fixed("silver")),
                    builder -> builder.accessTokenClaims(approval -> JsonObject.builder()
                            .put("tier", "gold")
                            .put("email", "none")
                            .build()));
            JsonObject claims = claims(fixture, "mail", 5);
            assertThat(claims.requireString("tier")).isEqualTo("gold");
            assertThat(claims.requireString("email")).isEqualTo("none");
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class)).isEmpty();
        }

        @Test
        void uses_up_nothing_when_it_throws() {
            for (RuntimeException thrown : List.of(
                    new IllegalStateException("hunter2"),
                    new StoreException("hunter2"),
                    OAuthException.of(
                            ErrorCode.INVALID_GRANT, "hunter2", RefusalReason.ASSERTION_SUBJECT_REFUSED, "hunter2"))) {
                AtomicReference<AccessTokenClaims> function = new AtomicReference<>(approval -> {
                    throw thrown;
                });
                Fixture fixture = Fixture.with(builder ->
                        builder.accessTokenClaims(approval -> function.get().claims(approval)));
                TestCall call = fixture.validExchange();
                TestAnswer answer = call.send().isRefused(500, "server_error");
                assertThat(new String(answer.response().body())).doesNotContain("hunter2");
                assertThat(fixture.events.all())
                        .singleElement()
                        .isInstanceOfSatisfying(ServerEvent.RequestFailed.class, event -> {
                            assertThat(event.reason()).isEqualTo(RefusalReason.CLAIMS_FAILED);
                            assertThat(event.cause()).hasCause(thrown);
                        });
                function.set(AccessTokenClaims.none());
                call.send().isIssued();
                call.send().isInvalidClient();
            }
        }

        @Test
        @SuppressWarnings("NullAway")
        void must_not_give_null() {
            Fixture fixture = Fixture.with(builder -> builder.accessTokenClaims(approval -> null));
            fixture.validCall().send().isRefused(500, "server_error");
            assertThat(fixture.events.of(ServerEvent.RequestFailed.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.reason()).isEqualTo(RefusalReason.CLAIMS_FAILED));
        }
    }

    @Nested
    @DisplayName("Large tokens")
    class Large {

        private static int length(TestAnswer answer) {
            return answer.json().requireString("access_token").length();
        }

        /** Another reader of JWTs would take it, and there would be no way to revoke it. */
        @Test
        void can_be_asked_about_and_revoked_whatever_an_issuer_asserts() {
            Fixture fixture = mapping(claim("groups", "groups"));
            String token = fixture.exchange(fixture.grantAssertion().claim("groups", Collections.nCopies(1_023, "a")))
                    .send()
                    .json()
                    .requireString("access_token");
            assertThat(fixture.introspect(token).isActive().has("groups")).isFalse();
            assertThat(fixture.events.of(ServerEvent.ClaimLeftOut.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.claim()).isEqualTo("groups"));
            fixture.revoke(token).isEmpty();
            fixture.introspect(token).isInactive();
        }

        @Test
        void are_not_issued_beyond_what_they_are_read_with() {
            for (Object beyond :
                    List.of("x".repeat(33_000), Collections.nCopies(2_000, 1), new BigDecimal("1".repeat(65)))) {
                Fixture fixture = Fixture.with(builder -> builder.accessTokenClaims(approval -> object("x", beyond)));
                fixture.validCall().send().isRefused(500, "server_error");
                assertThat(fixture.events.of(ServerEvent.RequestFailed.class))
                        .singleElement()
                        .satisfies(event -> assertThat(event.reason()).isEqualTo(RefusalReason.CLAIMS_FAILED));
            }
            Fixture fixture =
                    Fixture.with(builder -> builder.accessTokenClaims(approval -> object("x", "x".repeat(32_000))));
            String token = fixture.token();
            fixture.introspect(token).isActive();
        }

        @Test
        void are_reported_by_their_length_on_the_wire() {
            Fixture standard = Fixture.standard();
            int usual = length(standard.validCall().send());
            assertThat(standard.events.of(ServerEvent.LargeTokenIssued.class)).isEmpty();
            Fixture exact = Fixture.with(builder -> builder.accessTokenWarningLength(usual));
            exact.validCall().send().isIssued();
            assertThat(exact.events.of(ServerEvent.LargeTokenIssued.class)).isEmpty();
            Fixture below = Fixture.with(builder -> builder.accessTokenWarningLength(usual - 1));
            below.validCall().send().isIssued();
            assertThat(below.events.of(ServerEvent.LargeTokenIssued.class))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.length()).isEqualTo(usual);
                        assertThat(event.clientId().value()).isEqualTo(Fixture.REPORTER);
                        assertThat(event.resource().value()).isEqualTo(Fixture.ORDERS);
                    });
        }

        @Test
        void are_those_above_4096_octets_unless_told_otherwise() {
            Fixture fixture =
                    Fixture.with(builder -> builder.accessTokenClaims(approval -> object("x", "x".repeat(3_000))));
            int length = length(fixture.validCall().send());
            assertThat(length).isGreaterThan(4_096);
            assertThat(fixture.events.of(ServerEvent.LargeTokenIssued.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.length()).isEqualTo(length));
            for (int wrong : List.of(255, 65_537)) {
                assertThatThrownBy(() -> Fixture.with(builder -> builder.accessTokenWarningLength(wrong)))
                        .hasMessageContaining("accessTokenWarningLength must be 256 to 65536");
            }
        }
    }
}
