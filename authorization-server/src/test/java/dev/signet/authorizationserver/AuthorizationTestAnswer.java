package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import java.nio.charset.StandardCharsets;

/** What a user agent got, with the assertions that nearly every test makes. */
final class AuthorizationTestAnswer {

    private final ProtocolResponse response;
    private final AuthorizationFixture fixture;
    private final int grantsBefore;

    AuthorizationTestAnswer(ProtocolResponse response, AuthorizationFixture fixture, int grantsBefore) {
        this.response = response;
        this.fixture = fixture;
        this.grantsBefore = grantsBefore;
    }

    ProtocolResponse response() {
        return response;
    }

    String header(String name) {
        return response.header(name).orElse("");
    }

    String location() {
        return header("Location");
    }

    String body() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The parameters that the client gets by the redirect. */
    FormParameters sent() {
        assertThat(response.status()).as(this::story).isEqualTo(303);
        return FormParameters.parse(location().substring(location().indexOf('?') + 1));
    }

    /** The client gets a code, and what it stands for is kept. */
    FormParameters isCode() {
        FormParameters sent = sent();
        assertThat(sent.single("code")).as(this::story).isPresent();
        assertThat(sent.single("error")).isEmpty();
        assertThat(fixture.grants.all).hasSize(grantsBefore + 1);
        isGuarded();
        return sent;
    }

    /** The client gets an error with {@code state} and {@code iss}, and nothing was stored. */
    AuthorizationTestAnswer isSent(String error) {
        FormParameters sent = sent();
        assertThat(sent.single("error")).as(this::story).contains(error);
        assertThat(sent.single("code")).isEmpty();
        assertThat(sent.single("state")).contains("xyz");
        assertThat(sent.single("iss")).contains(Fixture.ISSUER.value());
        return hasStoredNothing();
    }

    /** The resource owner is shown an error, nobody is sent anywhere, and nothing was stored. */
    AuthorizationTestAnswer isShown() {
        return isShown(400);
    }

    AuthorizationTestAnswer isShown(int status) {
        assertThat(response.status()).as(this::story).isEqualTo(status);
        assertThat(response.header("Location")).isEmpty();
        assertThat(header("Content-Type")).startsWith("text/html");
        assertThat(body()).doesNotContain("<form");
        return hasStoredNothing();
    }

    /** The answer of the prompt. */
    AuthorizationTestAnswer isAsked() {
        assertThat(response.status()).as(this::story).isEqualTo(200);
        assertThat(body()).contains("Who are you?");
        return hasStoredNothing();
    }

    private AuthorizationTestAnswer hasStoredNothing() {
        assertThat(fixture.grants.all).as("grants that were put").hasSize(grantsBefore);
        return isGuarded();
    }

    AuthorizationTestAnswer because(RefusalReason reason) {
        assertThat(fixture.server.events.refusal().reason()).isEqualTo(reason);
        return this;
    }

    /** Nobody keeps it, nobody shows it in a frame, nobody is told where its reader came from, nobody else's script reads it. */
    private AuthorizationTestAnswer isGuarded() {
        assertThat(response.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("Cache-Control"))
                        .map(header -> header.value()))
                .containsExactly("no-store");
        assertThat(header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header("X-Correlation-Id")).isNotEmpty();
        assertThat(response.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("Content-Security-Policy"))
                        .map(header -> header.value()))
                .anyMatch(policy -> policy.contains("frame-ancestors 'none'"));
        assertThat(response.headers())
                .noneMatch(header ->
                        header.name().toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        return this;
    }

    private String story() {
        return fixture.server.events.all().toString();
    }
}
