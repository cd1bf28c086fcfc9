package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What came back, with the assertions that nearly every test makes. */
final class TestAnswer {

    private static final Set<JwsAlgorithm> ALGORITHMS =
            Set.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256, JwsAlgorithm.Ed25519);

    private final ProtocolResponse response;
    private final JwkSet keys;
    private final Fixture fixture;

    TestAnswer(ProtocolResponse response, JwkSet keys, Fixture fixture) {
        this.response = response;
        this.keys = keys;
        this.fixture = fixture;
    }

    int status() {
        return response.status();
    }

    ProtocolResponse response() {
        return response;
    }

    String header(String name) {
        return response.header(name).orElse("");
    }

    JsonObject json() {
        return JsonObject.parse(response.body());
    }

    String error() {
        return json().findString("error").orElse("");
    }

    /** A token was issued; gives it, checked with the published keys. */
    VerifiedJwt token() {
        assertThat(response.status()).as(this::reason).isEqualTo(200);
        return UnverifiedJwt.parse(json().requireString("access_token")).verify(keys, ALGORITHMS);
    }

    /** A token was issued. */
    TestAnswer isIssued() {
        token();
        return this;
    }

    /** The request was refused with that status and code, and nothing was stored. */
    TestAnswer isRefused(int status, String error) {
        assertThat(status() + " " + error()).as(this::reason).isEqualTo(status + " " + error);
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        fixture.assertNothingStoredSince(this);
        return this;
    }

    /** The token is active; gives what was said about it. */
    JsonObject isActive() {
        assertThat(status()).as(this::reason).isEqualTo(200);
        assertThat(json().findBoolean("active")).as(this::reason).hasValue(true);
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        return json();
    }

    /** The token is not active, and nothing else is said. */
    TestAnswer isInactive() {
        assertThat(status()).as(this::reason).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"active\":false}");
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        return this;
    }

    /** Success, with nothing in the body. */
    TestAnswer isEmpty() {
        assertThat(status()).as(this::reason).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        return this;
    }

    TestAnswer isInvalidClient() {
        return isRefused(401, "invalid_client");
    }

    TestAnswer isInvalidGrant() {
        return isRefused(400, "invalid_grant");
    }

    TestAnswer isInvalidRequest() {
        return isRefused(400, "invalid_request");
    }

    private String reason() {
        return fixture.events.all().toString();
    }
}
