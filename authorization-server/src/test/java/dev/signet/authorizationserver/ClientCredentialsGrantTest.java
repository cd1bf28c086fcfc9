package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientCredentialsGrantTest {

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 6749 §4.4: client credentials")
    class ClientCredentials {

        @Test
        @Requirement({"6749-4.4-01", "9068-3-01"})
        void gives_an_authenticated_client_an_access_token_and_no_refresh_token() {
            TestAnswer answer = fixture.validCall().send().isIssued();
            assertThat(answer.json().has("refresh_token")).isFalse();
        }

        @Test
        @Requirement({"6749-4.4-01", "6749-2.3-01"})
        void refuses_a_public_client() {
            Fixture.withIssuer(JwtBearerGrantTest::open)
                    .clientCredentials()
                    .with("client_id", Fixture.PUBLIC)
                    .send()
                    .isInvalidClient();
            fixture.clientCredentials().with("client_id", Fixture.PUBLIC).send().isInvalidClient();
        }

        @Test
        @Requirement("6749-4.1.3-03")
        void refuses_a_caller_without_credentials() {
            fixture.clientCredentials().send().isInvalidClient();
        }

        @Test
        @Requirement({"9068-2.2-05", "9068-5-02", "9700-4.15-01"})
        void puts_the_client_into_sub_and_client_id() {
            JsonObject claims = fixture.validCall().send().token().claims();
            assertThat(claims.requireString("sub")).isEqualTo(Fixture.REPORTER);
            assertThat(claims.requireString("client_id")).isEqualTo(Fixture.REPORTER);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §5.2: unauthorized_client and unsupported_grant_type")
    class Permission {

        @Test
        @Requirement("6749-5.2-03")
        void refuses_a_client_that_is_not_registered_for_the_grant() {
            fixture.and(Fixture.client("exchanger", ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(Fixture.SECRET)
                    .grantTypes(Set.of(GrantType.JWT_BEARER)));
            fixture.clientCredentials()
                    .basic("exchanger", Fixture.SECRET)
                    .send()
                    .isRefused(400, "unauthorized_client");
            fixture.exchange(fixture.grantAssertion().compact())
                    .basic("exchanger", Fixture.SECRET)
                    .send()
                    .isIssued();
        }

        @Test
        @Requirement({"6749-5.2-03", "6749-4.5-01", "7521-4.1-01"})
        void refuses_a_grant_that_the_server_does_not_have() {
            for (String type : new String[] {
                "password",
                "implicit",
                "authorization_code",
                "refresh_token",
                "urn:ietf:params:oauth:grant-type:saml2-bearer",
                "CLIENT_CREDENTIALS"
            }) {
                fixture.validCall().with("grant_type", type).send().isRefused(400, "unsupported_grant_type");
            }
        }
    }
}
