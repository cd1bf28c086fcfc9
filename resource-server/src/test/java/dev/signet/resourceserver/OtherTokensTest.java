package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.AUDIENCE;
import static dev.signet.resourceserver.Fixture.ISSUER;
import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.NOW;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * RFC 9068 §5: no other JWT is an access token, even if the right key signed it for the right audience. Each one here
 * is as its specification has it, and is refused a second time with all the claims of an access token added: by its
 * type, not for want of a claim.
 */
class OtherTokensTest {

    private static final long ISSUED = NOW.getEpochSecond();

    private final AccessTokenValidator validator = validator().build();
    private final AccessTokenValidator lenient = validator().allowLegacyTyp().build();

    private static JsonObject.Builder issued() {
        return JsonObject.builder()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("iat", ISSUED)
                .put("exp", ISSUED + 600);
    }

    private void assertNeverAccepted(String type, JsonObject.Builder own) {
        JsonObject specific = own.build();
        JsonObject.Builder withAll = claims();
        specific.names().forEach(name -> withAll.put(name, specific.find(name).orElseThrow()));

        assertInvalidToken(validator.validateToken(token(KEY, type, own)), RefusalReason.JWT_TYPE);
        assertInvalidToken(validator.validateToken(token(KEY, type, withAll)), RefusalReason.JWT_TYPE);
        assertThat(lenient.validateToken(token(KEY, type, own))).isInstanceOf(AccessTokenOutcome.Refused.class);
        accepted(validator.validateToken(token(KEY, "at+jwt", claims())));
    }

    @Test
    @Requirement({"9068-5-01", "9068-5-05", "9068-5-06"})
    void an_id_token() {
        assertNeverAccepted(
                "JWT",
                issued().put("sub", "alice")
                        .put("nonce", "n-0S6_WzA2Mj")
                        .put("auth_time", ISSUED)
                        .put("azp", "reporter")
                        .put("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_client_assertion() {
        JsonObject.Builder assertion =
                issued().put("iss", "reporter").put("sub", "reporter").put("jti", "an-assertion");

        assertInvalidToken(
                validator.validateToken(token(KEY, "client-authentication+jwt", assertion)), RefusalReason.JWT_ISSUER);
        assertNeverAccepted("client-authentication+jwt", assertion.put("iss", ISSUER));
        assertNeverAccepted("JWT", assertion);
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void an_assertion_for_the_jwt_bearer_grant() {
        assertNeverAccepted(
                "authorization-grant+jwt", issued().put("sub", "alice").put("jti", "an-assertion"));
        assertNeverAccepted("JWT", issued().put("sub", "alice").put("jti", "an-assertion"));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_request_object() {
        JsonObject.Builder request = issued().put("iss", "reporter")
                .put("client_id", "reporter")
                .put("response_type", "code")
                .put("redirect_uri", "https://client.example/cb")
                .put("scope", "orders.read");

        assertInvalidToken(
                validator.validateToken(token(KEY, "oauth-authz-req+jwt", request)), RefusalReason.JWT_ISSUER);
        assertNeverAccepted("oauth-authz-req+jwt", request.put("iss", ISSUER));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_dpop_proof() {
        assertNeverAccepted(
                "dpop+jwt",
                issued().put("jti", "a-proof")
                        .put("htm", "GET")
                        .put("htu", AUDIENCE)
                        .put("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_logout_token() {
        assertNeverAccepted(
                "logout+jwt",
                issued().put("sub", "alice")
                        .put("jti", "a-logout")
                        .put(
                                "events",
                                JsonObject.builder()
                                        .put("http://schemas.openid.net/event/backchannel-logout", JsonObject.empty())
                                        .build()));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void an_introspection_response() {
        assertNeverAccepted(
                "token-introspection+jwt",
                issued().put("token_introspection", claims().put("active", true).build()));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void an_authorization_response() {
        assertNeverAccepted(
                "JWT", issued().put("code", "PyyFaux2o7Q0YfXBU32jhw").put("state", "S8NJ7uqk5fY4EjNvP_G"));
        assertNeverAccepted(
                "oauth-authz-resp+jwt",
                issued().put("code", "PyyFaux2o7Q0YfXBU32jhw").put("state", "S8NJ7uqk5fY4EjNvP_G"));
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_userinfo_response() {
        JsonObject.Builder user = issued().put("sub", "alice").put("email", "alice@example.com");

        assertNeverAccepted("JWT", user);
        assertNeverAccepted("userinfo+jwt", user);
    }

    @Test
    @Requirement({"9068-5-05", "9068-5-06"})
    void a_token_of_any_kind_without_a_type() {
        for (JsonObject.Builder other : List.of(issued().put("sub", "alice"), claims())) {
            assertInvalidToken(
                    validator.validateToken(Fixture.signed(KEY, "{\"alg\":\"ES256\"}", other)), RefusalReason.JWT_TYPE);
        }
    }
}
