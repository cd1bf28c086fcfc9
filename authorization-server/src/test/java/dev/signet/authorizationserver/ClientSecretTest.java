package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretTest {

    private static final String WRONG = Fixture.SECRET + "x";

    private final Fixture fixture = Fixture.standard();

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    @DisplayName("RFC 6749 §2.3.1: client_secret_basic")
    class InHeader {

        @Test
        @Requirement("6749-2.3.1-01")
        void accepts_the_secret() {
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"6749-5.2-01", "D-40"})
        void refuses_a_wrong_secret_with_a_challenge() {
            TestAnswer answer = fixture.clientCredentials()
                    .basic(Fixture.BATCH, WRONG)
                    .send()
                    .isInvalidClient();
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"https://as.example.com\"");
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_SECRET_WRONG);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a:b and more characters to make it long", "50%+1 häßlich ünd lang genug für hier"})
        @Requirement("6749-2.3.1-01")
        void decodes_identifier_and_secret_as_a_form_does(String secret) {
            String id = "my:client+id %25";
            fixture.and(Fixture.client(id, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(secret));
            fixture.clientCredentials().basic(id, secret).send().isIssued();
        }

        @ParameterizedTest
        @ValueSource(strings = {"batch:%zz", "batch", ":secret", "batch:", "%00:x", "%zz:x"})
        @Requirement("6749-2.3.1-01")
        void refuses_malformed_credentials(String pair) {
            fixture.clientCredentials()
                    .header("Authorization", basic(pair))
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("D-40")
        void refuses_another_scheme() {
            TestAnswer answer = fixture.clientCredentials()
                    .header("Authorization", "Bearer abc")
                    .send()
                    .isInvalidClient();
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        }

        @Test
        @Requirement("D-40")
        void names_the_scheme_only_where_it_is_enabled() {
            Fixture without = Fixture.with(
                    builder -> builder.authenticationMethods(EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
            TestAnswer answer = without.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
        }

        @Test
        @Requirement("6749-5.2-01")
        void answers_without_a_challenge_if_the_header_was_not_used() {
            assertThat(fixture.clientCredentials()
                            .with("client_id", Fixture.FORMER)
                            .with("client_secret", WRONG)
                            .send()
                            .isInvalidClient()
                            .header("WWW-Authenticate"))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3.1: client_secret_post")
    class InForm {

        @Test
        void accepts_the_secret() {
            fixture.clientCredentials()
                    .with("client_id", Fixture.FORMER)
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isIssued();
        }

        @Test
        void refuses_a_wrong_secret_and_a_missing_identifier() {
            fixture.clientCredentials()
                    .with("client_id", Fixture.FORMER)
                    .with("client_secret", WRONG)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("6749-3.1-04")
        void takes_an_empty_secret_for_none() {
            fixture.clientCredentials()
                    .with("client_id", Fixture.FORMER)
                    .with("client_secret", "")
                    .send()
                    .isInvalidClient();
            assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.CLIENT_CREDENTIALS_MISSING);
        }

        @Test
        @Requirement("6749-2.3.1-03")
        void never_reads_credentials_from_the_request_uri() {
            for (String query : new String[] {
                "client_secret=" + "x".repeat(32), "client_id=" + Fixture.FORMER, "client_assertion=a", "assertion=a"
            }) {
                ProtocolRequest request = ProtocolRequest.builder("POST", "/token")
                        .query(query)
                        .form("grant_type=client_credentials")
                        .build();
                fixture.send(request).isInvalidRequest();
                assertThat(fixture.events.refusal().reason()).isEqualTo(RefusalReason.CREDENTIALS_IN_QUERY);
            }
        }
    }

    @Nested
    @DisplayName("OpenID Connect Core §9: the registered method")
    class RegisteredMethod {

        @Test
        @Requirement({"OIDC-9-05", "6749-2.3-01"})
        void refuses_a_client_that_authenticates_in_another_way() {
            fixture.clientCredentials()
                    .basic(Fixture.REPORTER, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .basic(Fixture.FORMER, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .basic(Fixture.MACER, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .with("client_id", Fixture.BATCH)
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .assertion(fixture.macAssertion()
                            .claim("iss", Fixture.REPORTER)
                            .claim("sub", Fixture.REPORTER))
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials()
                    .assertion(fixture.clientAssertion(Fixture.BATCH))
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials().with("client_id", Fixture.BATCH).send().isInvalidClient();
        }

        @Test
        @Requirement("8414-2-06")
        void refuses_a_method_that_is_not_enabled() {
            Fixture keysOnly = Fixture.with(
                    builder -> builder.authenticationMethods(EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
            keysOnly.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            keysOnly.clientCredentials()
                    .with("client_id", Fixture.FORMER)
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            keysOnly.clientCredentials()
                    .assertion(keysOnly.macAssertion())
                    .send()
                    .isInvalidClient();
            keysOnly.validCall().send().isIssued();
        }

        @Test
        void answers_an_unknown_client_like_a_wrong_secret() {
            JsonObject unknown = fixture.clientCredentials()
                    .basic("nobody", WRONG)
                    .send()
                    .isInvalidClient()
                    .json();
            JsonObject wrong = fixture.clientCredentials()
                    .basic(Fixture.BATCH, WRONG)
                    .send()
                    .isInvalidClient()
                    .json();
            JsonObject method = fixture.clientCredentials()
                    .basic(Fixture.REPORTER, WRONG)
                    .send()
                    .isInvalidClient()
                    .json();
            assertThat(unknown).isEqualTo(wrong).isEqualTo(method);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3.1: brute force")
    class BruteForce {

        private void fail(String clientId, int times) {
            for (int time = 0; time < times; time++) {
                fixture.clientCredentials().basic(clientId, WRONG).send().isInvalidClient();
            }
        }

        private TestAnswer guess(String clientId) {
            return fixture.clientCredentials().basic(clientId, WRONG).send();
        }

        @Test
        @Requirement("6749-2.3.1-04")
        void holds_up_who_guessed_ten_times_and_no_other_client() {
            fail(Fixture.BATCH, 10);
            TestAnswer held = guess(Fixture.BATCH);
            held.isRefused(429, "temporarily_unavailable");
            assertThat(held.header("Retry-After")).isEqualTo("6");
            fixture.clientCredentials()
                    .with("client_id", Fixture.FORMER)
                    .with("client_secret", WRONG)
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("6749-2.3.1-04")
        void lets_one_guess_more_after_the_time_that_was_told() {
            fail(Fixture.BATCH, 10);
            fixture.clock.advance(Duration.ofSeconds(5));
            guess(Fixture.BATCH).isRefused(429, "temporarily_unavailable");
            fixture.clock.advance(Duration.ofSeconds(1));
            guess(Fixture.BATCH).isInvalidClient();
            guess(Fixture.BATCH).isRefused(429, "temporarily_unavailable");
        }

        @Test
        @Requirement("6749-2.3.1-04")
        void never_holds_up_the_client_itself() {
            fail(Fixture.BATCH, 10);
            guess(Fixture.BATCH).isRefused(429, "temporarily_unavailable");
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isIssued();
        }

        @Test
        void counts_failures_only() {
            fail(Fixture.BATCH, 9);
            for (int time = 0; time < 20; time++) {
                fixture.clientCredentials()
                        .basic(Fixture.BATCH, Fixture.SECRET)
                        .send()
                        .isIssued();
            }
        }

        @Test
        void treats_a_client_that_does_not_exist_alike() {
            fail("nobody", 10);
            fixture.clientCredentials().basic("nobody", WRONG).send().isRefused(429, "temporarily_unavailable");
        }

        @Test
        @Requirement("6749-2.3.1-04")
        void never_holds_up_a_client_that_shows_no_secret() {
            fail(Fixture.REPORTER, 10);
            fail(Fixture.MACER, 10);
            fixture.clientCredentials().basic(Fixture.REPORTER, WRONG).send().isRefused(429, "temporarily_unavailable");
            fixture.validCall().send().isIssued();
            fixture.clientCredentials().assertion(fixture.macAssertion()).send().isIssued();
        }
    }
}
