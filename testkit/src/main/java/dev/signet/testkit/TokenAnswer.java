package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.List;

/** What came back, with what the server told its listener meanwhile. Its {@code is…} methods fail the test if it isn't so. */
public final class TokenAnswer {

    private final ProtocolResponse response;
    private final JwkSet keys;
    private final List<ServerEvent> events;
    private final List<SingleUse> recorded;

    /**
     * An answer.
     *
     * @param keys what the server publishes
     * @param events what it told its listener during the request
     * @param recorded the uses of assertions it recorded during the request
     */
    TokenAnswer(ProtocolResponse response, JwkSet keys, List<ServerEvent> events, List<SingleUse> recorded) {
        this.response = response;
        this.keys = keys;
        this.events = List.copyOf(events);
        this.recorded = List.copyOf(recorded);
    }

    /** The response itself. */
    public ProtocolResponse response() {
        return response;
    }

    /** The HTTP status. */
    public int status() {
        return response.status();
    }

    /** The first value of a header; empty if it is not there. */
    public String header(String name) {
        return response.header(name).orElse("");
    }

    /** The body. */
    public JsonObject json() {
        return JsonObject.parse(response.body());
    }

    /** The {@code error} of the body; empty if there is none. */
    public String error() {
        return json().findString("error").orElse("");
    }

    /** What the server told its listener during the request. */
    public List<ServerEvent> events() {
        return events;
    }

    /** A token was issued; gives it, verified with the keys that the server publishes. */
    public VerifiedJwt token() {
        assertThat(status()).as(this::story).isEqualTo(200);
        return UnverifiedJwt.parse(json().requireString("access_token")).verify(keys, JwsAlgorithm.DEFAULT_ACCEPTED);
    }

    /** A token was issued. */
    public TokenAnswer isIssued() {
        assertThat(token().claims().size()).isPositive();
        return this;
    }

    /** The request was refused with that status and code; no use was recorded and nothing may be cached. */
    public TokenAnswer isRefused(int status, String error) {
        assertThat(status() + " " + error()).as(this::story).isEqualTo(status + " " + error);
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        assertThat(recorded).as("uses recorded by a refused request").isEmpty();
        return this;
    }

    /** The server gave its listener that reason. */
    public TokenAnswer because(RefusalReason reason) {
        assertThat(events.stream()
                        .filter(ServerEvent.RequestRefused.class::isInstance)
                        .map(event -> ((ServerEvent.RequestRefused) event).reason()))
                .as(this::story)
                .containsExactly(reason);
        return this;
    }

    /** 401 {@code invalid_client}. */
    public TokenAnswer isInvalidClient() {
        return isRefused(401, "invalid_client");
    }

    /** 400 {@code invalid_grant}. */
    public TokenAnswer isInvalidGrant() {
        return isRefused(400, "invalid_grant");
    }

    /** 400 {@code invalid_request}. */
    public TokenAnswer isInvalidRequest() {
        return isRefused(400, "invalid_request");
    }

    private String story() {
        return events.toString();
    }

    /** Shows the status. */
    @Override
    public String toString() {
        return "TokenAnswer " + status();
    }
}
