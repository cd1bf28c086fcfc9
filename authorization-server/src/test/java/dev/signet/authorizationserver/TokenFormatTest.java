package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9068 §1, §6: what tokens look like is a matter between the server and each resource. */
@Requirement("D-13")
class TokenFormatTest {

    private static final DecryptionKey API_KEY = DecryptionKey.fromJwk(TestKeys.ATTACKER.toPrivateJwk().toBuilder()
            .put("alg", "ECDH-ES+A256KW")
            .put("use", "enc")
            .put("kid", "orders-enc")
            .build());

    /** The formats, with what the fixture's orders become by them. */
    enum Format {
        JWT(TokenFormat.jwt()),
        OPAQUE(TokenFormat.opaque()),
        ENCRYPTED(TokenFormat.encryptedJwt(EncryptionKey.fromJwk(API_KEY.toJwk(), API_KEY.algorithm()), "A256GCM"));

        private final TokenFormat format;

        Format(TokenFormat format) {
            this.format = format;
        }

        Fixture fixture() {
            return fixture(builder -> {});
        }

        List<ProtectedResource> resources() {
            return List.of(
                    Fixture.orders().tokenFormat(format).build(),
                    Fixture.stock().build());
        }

        Fixture fixture(Consumer<AuthorizationServer.Builder> settings) {
            return Fixture.with(builder -> {
                builder.resources(resources());
                settings.accept(builder);
            });
        }
    }

    @Nested
    @DisplayName("RFC 9068 §6: content hidden from the client")
    class Hidden {

        @Test
        @Requirement({"9068-6-02", "6749-10.10-01"})
        void is_an_opaque_token_of_256_random_bits() {
            Fixture fixture = Format.OPAQUE.fixture();
            Set<String> seen = new HashSet<>();
            for (int issued = 0; issued < 100; issued++) {
                String token = fixture.token();
                assertThat(token).doesNotContain(".");
                assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
                assertThat(seen.add(token)).isTrue();
            }
        }

        @Test
        @Requirement("9068-6-02")
        void is_a_signed_token_in_a_jwe_to_the_resource_server() {
            Fixture fixture = Format.ENCRYPTED.fixture();
            String token = fixture.token();
            assertThat(token.split("\\.", -1)).hasSize(5);
            UnverifiedJwt inner =
                    EncryptedJwt.parse(token).decrypt(List.of(API_KEY), Set.of("ECDH-ES+A256KW"), Set.of("A256GCM"));
            assertThat(inner.type()).hasValue("at+jwt");
            JsonObject claims = inner.verify(fixture.server.signingKeys().published(), Set.of(JwsAlgorithm.ES256))
                    .claims();
            assertThat(claims.requireString("aud")).isEqualTo(Fixture.ORDERS);
            assertThat(claims.requireString("scope")).isEqualTo("orders.read");
        }

        @Test
        @Requirement("9068-6-02")
        void is_a_matter_of_one_resource_alone() {
            Fixture fixture = Format.OPAQUE.fixture();
            fixture.validCall().with("scope", "stock.read").send().isIssued();
            assertThat(fixture.storedTokens.size()).isZero();
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"9068-6-02", "D-25"})
        void is_not_told_to_a_client_that_may_ask_about_its_own_tokens(Format format) {
            Fixture fixture = format.fixture()
                    .and(Fixture.keyClient("curious", TestKeys.CLIENT).introspectOwnTokens(true));
            String token = fixture.clientCredentials()
                    .assertion(fixture.clientAssertion("curious"))
                    .with("scope", "orders.read")
                    .send()
                    .json()
                    .requireString("access_token");

            JsonObject said = fixture.introspection(token)
                    .assertion(fixture.clientAssertion("curious"))
                    .send()
                    .isActive();
            assertThat(said.has("sub")).isEqualTo(format == Format.JWT);
            assertThat(said.names())
                    .contains("active", "token_type", "iss", "aud", "client_id", "scope", "iat", "exp", "jti")
                    .hasSize(format == Format.JWT ? 10 : 9);
            assertThat(fixture.introspect(token).isActive().has("sub")).isTrue();
        }

        @Test
        void is_nothing_the_client_is_told_of() {
            for (Format format : Format.values()) {
                JsonObject answer = format.fixture()
                        .validCall()
                        .with("scope", "orders.read")
                        .send()
                        .json();
                assertThat(answer.names())
                        .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
                assertThat(answer.requireString("token_type")).isEqualTo("Bearer");
                assertThat(answer.findLong("expires_in")).hasValue(600L);
            }
        }
    }

    @Nested
    @DisplayName("RFC 7662, RFC 7009: the same for all formats")
    class Alike {

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"D-24", "7662-2.2-02", "7662-2.2-03"})
        void says_introspection_about_each(Format format) {
            Fixture fixture = format.fixture();
            JsonObject said = fixture.introspect(fixture.token()).isActive();
            assertThat(said.names())
                    .containsExactlyInAnyOrder(
                            "active", "token_type", "iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti");
            assertThat(said.requireString("iss")).isEqualTo(Fixture.ISSUER.value());
            assertThat(said.requireString("sub")).isEqualTo(Fixture.REPORTER);
            assertThat(said.requireString("aud")).isEqualTo(Fixture.ORDERS);
            assertThat(said.findLong("exp"))
                    .hasValue(Fixture.NOW.plusSeconds(600).getEpochSecond());
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"D-24", "7662-2.2-02"})
        void is_active_to_the_second_before_its_exp(Format format) {
            Fixture fixture = format.fixture();
            String token = fixture.token();
            fixture.clock.advance(Duration.ofMinutes(10).minusMillis(1));
            fixture.introspect(token).isActive();
            fixture.clock.advance(Duration.ofMillis(1));
            fixture.introspect(token).isInactive();
            assertThat(fixture.events.of(ServerEvent.IntrospectionAnswered.class))
                    .last()
                    .satisfies(event -> assertThat(event.reason()).hasValue(RefusalReason.JWT_EXPIRED));
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"7009-2-01", "7009-2.1-04", "D-24"})
        void is_revoked_and_found_revoked(Format format) {
            Fixture fixture = format.fixture();
            String token = fixture.token();
            String other = fixture.token();
            fixture.revoke(token).isEmpty();
            fixture.introspect(token).isInactive();
            fixture.introspect(other).isActive();
            assertThat(fixture.revokedTokens.size()).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"7009-2.1-01", "D-44"})
        void is_not_revoked_by_another_client(Format format) {
            Fixture fixture = format.fixture();
            String token = fixture.token();
            fixture.revocation(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
            fixture.introspect(token).isActive();
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        @Requirement({"7662-2.2-01", "D-25"})
        void is_said_nothing_of_to_another_resource_server(Format format) {
            Fixture fixture = format.fixture();
            fixture.introspection(fixture.token())
                    .basic(Fixture.STOCK_API, Fixture.SECRET)
                    .send()
                    .isInactive();
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void is_irrevocable_where_all_are(Format format) {
            Fixture stateless = Fixture.withoutRevocation(builder -> {
                builder.allowIrrevocableAccessTokens(true);
                builder.resources(format.resources());
            });
            String token = stateless
                    .clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .with("scope", "orders.read")
                    .send()
                    .json()
                    .requireString("access_token");
            stateless
                    .revocation(token)
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isRefused(400, "unsupported_token_type");
            stateless.introspect(token).isActive();
        }
    }

    @Nested
    @DisplayName("What is kept")
    class Kept {

        @Test
        @Requirement("9068-6-02")
        void is_a_digest_and_the_claims_never_the_token() {
            for (Format format : List.of(Format.OPAQUE, Format.ENCRYPTED)) {
                Fixture fixture = format.fixture();
                String token = fixture.token();
                StoredToken kept =
                        fixture.storedTokens.find(TokenDigest.of(token)).orElseThrow();
                assertThat(kept.claims().toJson()).doesNotContain(token);
                assertThat(kept.expiresAt()).isEqualTo(Fixture.NOW.plusSeconds(600));
                assertThat(fixture.events.all().toString()).doesNotContain(token);
                assertThat(kept).hasToString("StoredToken " + kept.digest().value() + " until " + kept.expiresAt());
            }
        }

        @Test
        void is_nothing_about_a_jwt() {
            Fixture fixture = Format.JWT.fixture();
            fixture.token();
            assertThat(fixture.storedTokens.size()).isZero();
        }

        @Test
        @Requirement({"7523-3-16", "7523-3-17"})
        void is_nothing_upon_a_refused_request() {
            for (Format format : Format.values()) {
                Fixture fixture = format.fixture();
                TestAssertion grant = fixture.grantAssertion();
                fixture.exchange(grant).with("scope", "orders.read").send();
                TestAssertion client = fixture.clientAssertion();
                fixture.exchange(grant.compact())
                        .assertion(client)
                        .with("scope", "orders.read")
                        .send()
                        .isInvalidGrant();
                fixture.exchange(fixture.grantAssertion().compact())
                        .assertion(client)
                        .with("scope", "orders.admin")
                        .send()
                        .isRefused(400, "invalid_scope");
                // Neither of the two used up the client's assertion.
                TestAnswer accepted = fixture.exchange(fixture.grantAssertion().compact())
                        .assertion(client)
                        .with("scope", "orders.read")
                        .send();
                assertThat(accepted.status()).isEqualTo(200);
            }
        }

        @Test
        @Requirement("7523-3-17")
        void is_put_by_the_one_call_that_records_the_uses() {
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger uses = new AtomicInteger();
            StoredTokens counting = new StoredTokens() {
                @Override
                public Optional<ReplayKey> put(StoredToken token, List<SingleUse> recorded) {
                    calls.incrementAndGet();
                    uses.addAndGet(recorded.size());
                    return Optional.empty();
                }

                @Override
                public Optional<StoredToken> find(TokenDigest digest) {
                    return Optional.empty();
                }
            };
            Fixture fixture = Format.OPAQUE.fixture(builder -> builder.storedTokens(counting));
            assertThat(fixture.validExchange()
                            .with("scope", "orders.read")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(calls).hasValue(1);
            assertThat(uses).hasValue(2);
            assertThat(fixture.replayGuard.size()).isZero();
        }

        @Test
        void is_not_looked_for_when_the_token_is_a_jwt_or_can_be_none() {
            StoredTokens down = new Down();
            Fixture fixture = Fixture.with(builder -> builder.storedTokens(down));
            fixture.introspect(fixture.token()).isActive();
            for (String garbage : List.of("garbage", "a.b", "x".repeat(42), "x".repeat(44), "a.b.c.d.e.f")) {
                fixture.introspect(garbage).isInactive();
            }
            fixture.introspect("x".repeat(43)).isRefused(503, "temporarily_unavailable");
            fixture.introspect("a.b.c.d.e").isRefused(503, "temporarily_unavailable");
            fixture.revoke("x".repeat(43)).isRefused(503, "temporarily_unavailable");
        }

        @Test
        void is_certain_before_a_token_leaves() {
            Fixture fixture = Format.OPAQUE.fixture(builder -> builder.storedTokens(new Down()));
            fixture.validCall().with("scope", "orders.read").send().isRefused(503, "temporarily_unavailable");
            fixture.validCall().with("scope", "stock.read").send().isIssued();
        }

        @Test
        @Requirement("7662-2.2-02")
        void decides_what_is_active_not_the_look_of_it() {
            for (Format format : List.of(Format.OPAQUE, Format.ENCRYPTED)) {
                Fixture fixture = format.fixture();
                String token = fixture.token();
                String other = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
                fixture.introspect(other).isInactive();
                fixture.revoke(other).isEmpty();
                fixture.introspect(token).isActive();
            }
        }
    }

    private static final class Down implements StoredTokens {
        @Override
        public Optional<ReplayKey> put(StoredToken token, List<SingleUse> uses) {
            throw new StoreException("down");
        }

        @Override
        public Optional<StoredToken> find(TokenDigest digest) {
            throw new StoreException("down");
        }
    }

    @Nested
    @DisplayName("What is reported")
    class Events {

        @Test
        void names_the_key_of_signed_tokens_alone() {
            for (Format format : Format.values()) {
                Fixture fixture = format.fixture();
                fixture.token();
                assertThat(fixture.events.of(ServerEvent.TokenIssued.class))
                        .singleElement()
                        .satisfies(
                                event -> assertThat(event.keyId().isPresent()).isEqualTo(format != Format.OPAQUE));
            }
        }
    }

    @Nested
    @DisplayName("A server that can't be meant")
    class Contradictions {

        @Test
        void has_no_place_to_keep_tokens() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuthorizationServer.builder()
                            .resources(List.of(Fixture.orders()
                                    .tokenFormat(Format.ENCRYPTED.format)
                                    .build()))
                            .build())
                    .withMessageContaining(
                            "storedTokens are missing: the tokens of " + Fixture.ORDERS + " are kept in them");
        }

        @Test
        void has_opaque_tokens_that_nobody_can_ask_about() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Fixture.withoutRevocation(builder -> builder.resources(Format.OPAQUE.resources())))
                    .withMessageContaining("without revokedTokens nobody can ask about them");
        }

        @Test
        void encrypts_with_what_does_not_exist() {
            EncryptionKey key = EncryptionKey.fromJwk(API_KEY.toJwk(), API_KEY.algorithm());
            assertThatIllegalArgumentException().isThrownBy(() -> TokenFormat.encryptedJwt(key, "A192GCM"));
        }
    }
}
