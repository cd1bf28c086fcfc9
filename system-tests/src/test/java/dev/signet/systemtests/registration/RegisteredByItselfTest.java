package dev.signet.systemtests.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.FailureException;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.TokenRequest;
import dev.signet.client.registration.ClientInformation;
import dev.signet.client.registration.ClientRegistration;
import dev.signet.client.registration.Registrar;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonObject;
import dev.signet.systemtests.peer.PeopleServer;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client registers itself at our server, as both run. */
class RegisteredByItselfTest {

    private static final JsonObject REPORTER = JsonObject.parse("""
            {"client_name": "Reporter", "grant_types": ["client_credentials"], "scope": "orders.read"}
            """);

    private static PeopleServer server;

    private final List<ClientInformation> kept = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path store) {
        server = PeopleServer.start(store, List.of("authorization_code", "client_credentials"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Registrar registrar(String initialAccessToken) {
        return Registrar.builder(server.issuer())
                .initialAccessToken(initialAccessToken)
                .outbound(server.outbound())
                .build();
    }

    private static Outcome<IssuedToken> token(ClientRegistration registration) {
        ClientInformation information = registration.information();
        return OAuthClient.builder(
                        server.issuer(),
                        ClientAuthentication.clientSecretBasic(
                                information.clientId(),
                                information.clientSecret().orElseThrow()))
                .outbound(server.outbound())
                .build()
                .token(TokenRequest.clientCredentials());
    }

    private static void isRefused(Outcome<?> outcome, String code) {
        assertThat(outcome.failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue(code));
    }

    @Test
    @Requirement({"7592-3-01", "7592-2.2-01", "7592-2.3-01", "D-38"})
    void reads_and_changes_and_removes_what_it_registered() throws FailureException {
        ClientRegistration registration = registrar(server.initialAccessToken())
                .register(REPORTER, kept::add)
                .require();
        assertThat(token(registration).value()).isPresent();

        registration
                .update(registration.information().metadata().toBuilder()
                        .put("client_name", "Auditor")
                        .build())
                .require();
        assertThat(kept).hasSize(2).doesNotHaveDuplicates();
        isRefused(registrar("none").known(kept.get(0), kept::add).read(), "invalid_token");
        assertThat(registration.read().require().metadata().requireString("client_name"))
                .isEqualTo("Auditor");
        assertThat(token(registration).value()).as("the secret stays").isPresent();

        assertThat(registration.delete().value()).isPresent();
        isRefused(registration.read(), "invalid_token");
        isRefused(token(registration), "invalid_client");
    }

    @Test
    @Requirement({"7591-1-01", "7591-3.2.2-01"})
    void needs_a_token_that_is_not_used_up_and_redirect_uris_that_will_do() throws FailureException {
        String token = server.initialAccessToken();
        JsonObject bad = JsonObject.parse("""
                {"redirect_uris": ["https://shop.example.com/callback#here"]}""");
        isRefused(registrar(token).register(bad, kept::add), "invalid_redirect_uri");
        assertThat(kept).isEmpty();
        registrar(token).register(REPORTER, kept::add).require();
        isRefused(registrar(token).register(REPORTER, kept::add), "invalid_token");
        assertThat(kept).hasSize(1);
    }
}
