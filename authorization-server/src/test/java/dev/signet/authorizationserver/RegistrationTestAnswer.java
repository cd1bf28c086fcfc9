package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import java.util.List;

/** What came back to a client that registers itself. Its {@code is…} methods fail the test if it isn't so. */
final class RegistrationTestAnswer {

    private static final List<String> OF_THE_SERVER = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private final RegistrationTestCall call;
    private final ProtocolResponse response;

    RegistrationTestAnswer(RegistrationTestCall call, ProtocolResponse response) {
        this.call = call;
        this.response = response;
    }

    /** The response itself. */
    ProtocolResponse response() {
        return response;
    }

    /** The body; an empty object if there is none. */
    JsonObject json() {
        return response.body().length == 0 ? JsonObject.empty() : JsonObject.parse(response.body());
    }

    /** A member that is a text. */
    String text(String name) {
        return json().requireString(name);
    }

    /** The client that was registered. */
    ClientId clientId() {
        return new ClientId(text("client_id"));
    }

    /** The client was registered. */
    RegistrationTestAnswer isRegistered() {
        return isOk(201);
    }

    /** It was answered with that status, and nothing may be cached. */
    RegistrationTestAnswer isOk(int status) {
        assertThat(response.status()).as(() -> json().toJson()).isEqualTo(status);
        assertThat(response.isNoStore()).isTrue();
        return this;
    }

    /** It was refused with that status and code; nothing may be cached. */
    RegistrationTestAnswer isRefused(int status, String error) {
        assertThat(response.status() + " " + json().findString("error").orElse(""))
                .as(() -> json().toJson())
                .isEqualTo(status + " " + error);
        assertThat(response.isNoStore()).isTrue();
        return this;
    }

    /** A request to the configuration endpoint of the client, with the registration access token of this answer. */
    RegistrationTestCall manage(String method) {
        JsonObject.Builder body = json().toBuilder();
        OF_THE_SERVER.forEach(body::remove);
        String uri = text("registration_client_uri");
        return call.method(method)
                .path(uri.substring(Fixture.ISSUER.value().length()))
                .token(text("registration_access_token"))
                .body(body.build());
    }

    /** Shows the status. */
    @Override
    public String toString() {
        return "RegistrationTestAnswer " + response.status();
    }
}
