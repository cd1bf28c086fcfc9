package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a user agent got, with what the server told its listener meanwhile. Its {@code is…} methods fail the test if it isn't so.
 */
public final class AuthorizationAnswer {

    private final ProtocolResponse response;
    private final List<ServerEvent> events;

    /**
     * An answer.
     *
     * @param events what the server told its listener during the request
     */
    AuthorizationAnswer(ProtocolResponse response, List<ServerEvent> events) {
        this.response = response;
        this.events = List.copyOf(events);
    }

    /** The response itself. */
    public ProtocolResponse response() {
        return response;
    }

    /** The body. */
    public String body() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** What the server told its listener during the request. */
    public List<ServerEvent> events() {
        return events;
    }

    /** What the client is sent by a redirect. */
    public FormParameters sent() {
        assertThat(response.status()).as(this::story).isEqualTo(303);
        String location = response.header("Location").orElse("");
        return FormParameters.parse(location.substring(location.indexOf('?') + 1));
    }

    /** The client is sent a code; gives it. */
    public String code() {
        assertThat(sent().names()).as(this::story).contains("code", "iss").doesNotContain("error");
        return sent().require("code");
    }

    /** The client is sent that error, and no code. */
    public AuthorizationAnswer isSent(String error) {
        assertThat(sent().single("error")).as(this::story).contains(error);
        assertThat(sent().names()).contains("iss").doesNotContain("code");
        return this;
    }

    /** The resource owner is shown a page with that text, and sent nowhere. */
    public AuthorizationAnswer isShown(int status, String text) {
        assertThat(response.status()).as(this::story).isEqualTo(status);
        assertThat(response.header("Location")).isEmpty();
        assertThat(body()).contains(text);
        return this;
    }

    /** The server gave its listener that reason. */
    public AuthorizationAnswer because(RefusalReason reason) {
        assertThat(events.stream()
                        .filter(ServerEvent.RequestRefused.class::isInstance)
                        .map(event -> ((ServerEvent.RequestRefused) event).reason()))
                .as(this::story)
                .containsExactly(reason);
        return this;
    }

    private String story() {
        return events.toString();
    }

    /** Shows the status. */
    @Override
    public String toString() {
        return "AuthorizationAnswer " + response.status();
    }
}
