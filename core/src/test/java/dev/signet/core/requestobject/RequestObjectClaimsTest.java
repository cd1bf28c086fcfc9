package dev.signet.core.requestobject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestObjectClaimsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.7Z");
    private static final JsonObject PARAMETERS =
            JsonObject.parse("{\"response_type\":\"code\",\"max_age\":300,\"claims\":{\"userinfo\":{}}}");

    private static JsonObject claims(JsonObject parameters) {
        return RequestObjectClaims.of(
                new ClientId("shop"), new Issuer("https://as.example"), parameters, new JwtId("id-1"), NOW);
    }

    @Test
    @Requirement({"9101-4-08", "9101-4-05", "9101-10.8-01", "D-19", "D-20"})
    void are_the_parameters_with_who_and_for_whom_and_when() {
        assertThat(claims(PARAMETERS)).isEqualTo(JsonObject.parse("""
                        {"response_type": "code", "max_age": 300, "claims": {"userinfo": {}},
                         "client_id": "shop", "iss": "shop", "aud": "https://as.example",
                         "nbf": 1772366400, "iat": 1772366400, "exp": 1772366700, "jti": "id-1"}
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request",
                "request_uri",
                "client_secret",
                "client_assertion",
                "client_assertion_type",
                "iss",
                "sub",
                "aud",
                "exp",
                "nbf",
                "iat",
                "jti"
            })
    @Requirement({"9101-4-13", "9101-10.8-01", "D-19"})
    void are_nothing_else(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> claims(PARAMETERS.toBuilder().put(name, "s3cret").build()))
                .withMessageContaining(name)
                .withMessageNotContaining("s3cret");
    }
}
