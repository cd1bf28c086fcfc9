package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessTokenTest {

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 9068 §2.1: header")
    class Header {

        @Test
        @Requirement({"9068-2.1-01", "9068-2.1-03", "9068-2.1-05", "9068-2.1-06", "9068-2.1-07", "8725-3.11-02", "D-09"
        })
        void names_type_algorithm_and_published_key() {
            VerifiedJwt token = fixture.validCall().send().token();
            assertThat(token.type()).hasValue("at+jwt");
            assertThat(token.algorithm()).isEqualTo(JwsAlgorithm.ES256);
            assertThat(fixture.server
                            .signingKeys()
                            .published()
                            .hasKeyId(token.keyId().orElseThrow()))
                    .isTrue();
            assertThat(token.header().names()).containsExactlyInAnyOrder("typ", "alg", "kid");
        }

        @Test
        @Requirement({"9068-2.1-04", "8725-3.2-02"})
        void uses_rs256_where_that_is_asked_for_beside_the_earlier_key() {
            Fixture rs256 = Fixture.with(builder -> builder.signingAlgorithm(JwsAlgorithm.RS256));
            rs256.clock.advance(SigningKeys.PUBLISHED_AHEAD);
            assertThat(rs256.validCall().send().token().algorithm()).isEqualTo(JwsAlgorithm.RS256);
            assertThat(rs256.server.signingKeys().published().keys()).hasSize(2);
        }

        @Test
        @Requirement({"D-41", "D-49"})
        void uses_the_algorithm_of_the_resource_each_with_a_key_of_its_own() {
            Fixture both = Fixture.with(builder -> builder.resources(List.of(
                    Fixture.orders().build(),
                    Fixture.stock().signingAlgorithm(JwsAlgorithm.Ed25519).build())));
            both.clock.advance(SigningKeys.PUBLISHED_AHEAD);
            VerifiedJwt orders =
                    both.validCall().with("scope", "orders.read").send().token();
            VerifiedJwt stock =
                    both.validCall().with("scope", "stock.read").send().token();
            assertThat(orders.algorithm()).isEqualTo(JwsAlgorithm.ES256);
            assertThat(stock.algorithm()).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(both.server.signingKeys().published().keys())
                    .extracting(key -> key.keyId())
                    .containsExactlyInAnyOrder(orders.keyId(), stock.keyId());
        }

        @Test
        @Requirement({"9068-2.1-02", "9068-2.1-03", "8725-3.2-04"})
        void is_never_signed_with_a_mac() {
            assertThatThrownBy(() -> Fixture.with(builder -> builder.signingAlgorithm(JwsAlgorithm.HS256)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("signingAlgorithm");
            assertThat(JwsAlgorithm.find("none")).isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 9068 §2.2: claims")
    class Claims {

        @Test
        @Requirement({
            "9068-2.2-01",
            "9068-2.2-02",
            "9068-2.2-03",
            "9068-2.2-04",
            "9068-2.2-06",
            "9068-2.2-07",
            "9068-2.2-08",
            "9068-6-04",
            "8725-3.9-01"
        })
        void are_those_of_the_profile_and_no_more() {
            TestAnswer answer = fixture.validCall().send();
            JsonObject claims = answer.token().claims();
            assertThat(claims.names())
                    .containsExactlyInAnyOrder("iss", "sub", "client_id", "aud", "scope", "iat", "exp", "jti");
            assertThat(claims.requireString("iss")).isEqualTo(Fixture.ISSUER.value());
            long issuedAt = claims.findLong("iat").orElseThrow();
            assertThat(issuedAt).isEqualTo(Fixture.NOW.getEpochSecond());
            assertThat(claims.findLong("exp").orElseThrow() - issuedAt)
                    .isEqualTo(answer.json().findLong("expires_in").orElseThrow());
        }

        @Test
        void satisfy_those_who_check_tokens() {
            VerifiedJwt token = fixture.validExchange().send().token();
            AccessTokenProfile.rules(Fixture.ISSUER, Set.of(Fixture.ORDERS), Duration.ZERO)
                    .check(token, Fixture.NOW);
        }

        @Test
        @Requirement("9068-2.2.2-03")
        void are_not_for_the_client_to_choose() {
            JsonObject claims = fixture.validCall()
                    .with("claims", "{\"access_token\":{\"role\":{\"value\":\"admin\"}}}")
                    .with("sub", "alice")
                    .with("aud", "urn:other")
                    .send()
                    .token()
                    .claims();
            assertThat(claims.names())
                    .containsExactlyInAnyOrder("iss", "sub", "client_id", "aud", "scope", "iat", "exp", "jti");
            assertThat(claims.requireString("sub")).isEqualTo(Fixture.REPORTER);
        }

        @Test
        @Requirement({"9068-2.2-07", "6750-5.3-02"})
        void follow_the_time_and_the_lifetime_of_the_resource() {
            fixture.clock.advance(Duration.ofSeconds(100).plusMillis(700));
            JsonObject claims = fixture.validCall()
                    .with("resource", Fixture.STOCK)
                    .send()
                    .token()
                    .claims();
            assertThat(claims.findLong("iat")).hasValue(Fixture.NOW.getEpochSecond() + 100);
            assertThat(claims.findLong("exp")).hasValue(Fixture.NOW.getEpochSecond() + 400);
        }

        @Test
        @Requirement({"9068-2.2-08", "6749-10.10-01"})
        void have_an_identifier_of_160_random_bits() {
            Set<String> seen = new HashSet<>();
            for (int round = 0; round < 2_000; round++) {
                TestAnswer answer = fixture.clientCredentials()
                        .basic(Fixture.BATCH, Fixture.SECRET)
                        .send();
                String token = answer.json().requireString("access_token");
                String jwtId = JsonObject.parse(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                        .requireString("jti");
                assertThat(Base64.getUrlDecoder().decode(jwtId)).hasSize(20);
                assertThat(seen.add(jwtId)).isTrue();
            }
        }
    }

    @Nested
    @DisplayName("RFC 9068 §5, RFC 8725 §3.12: not another kind of JWT")
    class Confusion {

        @Test
        @Requirement({"9068-5-06", "8725-3.12-01", "8725-3.11-01"})
        void is_refused_as_assertion() {
            String token = fixture.validCall().send().json().requireString("access_token");
            fixture.clientCredentials().assertion(token).send().isInvalidClient();
            fixture.exchange(token).assertion(fixture.clientAssertion()).send().isInvalidGrant();
        }

        @Test
        @Requirement({"8725-3.12-02", "8725-3.9-02"})
        void is_refused_as_assertion_even_without_its_type_and_under_a_right_key() {
            JsonObject claims = fixture.validCall().send().token().claims();
            fixture.clientCredentials()
                    .assertion(TestAssertion.of(claims, TestKeys.CLIENT)
                            .claim("iss", Fixture.REPORTER)
                            .claim("exp", Fixture.NOW.getEpochSecond() + 60))
                    .send()
                    .isInvalidClient();
            fixture.exchange(TestAssertion.of(claims, TestKeys.ISSUER)
                            .claim("iss", Fixture.TRUSTED_ISSUER)
                            .claim("sub", "repo:acme/shop"))
                    .send()
                    .isInvalidGrant();
        }
    }
}
