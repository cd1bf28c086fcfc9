package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.http.BasicCredentials;
import dev.signet.testkit.Requirement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TwoMechanismsTest {

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 7521 §4.2.1: an assertion and something else")
    class WithAssertion {

        @Test
        @Requirement({"7521-4.2.1-02", "D-05"})
        void refuses_an_assertion_beside_basic_even_if_both_are_valid() {
            TestAnswer answer = fixture.validCall()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
            fixture.validCall().basic(Fixture.REPORTER, Fixture.SECRET).send().isInvalidClient();
        }

        @Test
        @Requirement({"7521-4.2.1-02", "D-05"})
        void refuses_an_assertion_beside_a_secret_in_the_form() {
            fixture.validCall().with("client_secret", Fixture.SECRET).send().isInvalidClient();
        }

        @Test
        @Requirement("D-05")
        void refuses_the_type_of_an_assertion_beside_basic() {
            fixture.validCall()
                    .without("client_assertion")
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .send()
                    .isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3, §5.2: two secrets")
    class WithoutAssertion {

        @Test
        @Requirement("D-05")
        void refuses_basic_beside_a_secret_in_the_form() {
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .with("client_secret", Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
        }

        @Test
        @Requirement("D-05")
        void refuses_two_headers() {
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .header("authorization", BasicCredentials.encode(new ClientId(Fixture.BATCH), Fixture.SECRET))
                    .send()
                    .isInvalidRequest();
        }

        @Test
        @Requirement("D-05")
        void takes_a_client_id_beside_for_no_mechanism() {
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .with("client_id", Fixture.BATCH)
                    .send()
                    .isIssued();
            fixture.clientCredentials()
                    .basic(Fixture.BATCH, Fixture.SECRET)
                    .with("client_id", Fixture.FORMER)
                    .send()
                    .isInvalidClient();
        }
    }
}
