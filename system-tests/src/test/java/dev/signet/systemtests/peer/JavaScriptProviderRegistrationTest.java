package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.client.registration.ClientInformation;
import dev.signet.client.registration.ClientRegistration;
import dev.signet.client.registration.Registrar;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client registers at {@code oidc-provider}, which replaces the registration token with each change. */
@Tag("peer")
class JavaScriptProviderRegistrationTest {

    private static final OutboundHttp OUTBOUND =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();
    private static final JsonObject METADATA = JsonObject.parse("""
            {"client_name": "Reporter", "grant_types": ["client_credentials"], "response_types": [], "redirect_uris": [],
             "token_endpoint_auth_method": "client_secret_basic", "id_token_signed_response_alg": "ES256"}
            """);
    private static final TokenRequest REQUEST = TokenRequest.clientCredentials()
            .withScope(Scope.of("orders.read"))
            .withResource(new ResourceIndicator(JavaScriptProvider.RESOURCE));

    private static JavaScriptProvider provider;

    private final List<ClientInformation> kept = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        provider = JavaScriptProvider.start(folder, "ES256", List.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
    }

    private static Registrar registrar(String initialAccessToken) {
        return Registrar.builder(provider.issuer())
                .initialAccessToken(initialAccessToken)
                .outbound(OUTBOUND)
                .build();
    }

    private static OAuthClient client(ClientInformation information) {
        return OAuthClient.builder(
                        provider.issuer(),
                        ClientAuthentication.clientSecretBasic(
                                information.clientId(),
                                information.clientSecret().orElseThrow()))
                .outbound(OUTBOUND)
                .build();
    }

    @Test
    @Requirement("7592-3-01")
    void a_client_registers_and_changes_and_leaves() throws Exception {
        ClientRegistration registration =
                registrar("initial").register(METADATA, kept::add).require();
        assertThat(client(registration.information()).token(REQUEST).value()).isPresent();

        JsonObject renamed = registration.information().metadata().toBuilder()
                .put("client_name", "Auditor")
                .build();
        registration.update(renamed).require();
        assertThat(kept).hasSize(2);
        assertThat(registrar("initial").known(kept.get(0), kept::add).read().failure())
                .as("the token before")
                .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_token"));
        ClientRegistration restarted = registrar("initial").known(kept.get(1), kept::add);
        assertThat(restarted.read().require().metadata().requireString("client_name"))
                .isEqualTo("Auditor");
        assertThat(client(restarted.information()).token(REQUEST).value()).isPresent();

        assertThat(restarted.delete().value()).isPresent();
        assertThat(client(restarted.information()).token(REQUEST).failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_client"));
        assertThat(restarted.read().failure()).isPresent();
    }

    @Test
    void a_client_that_may_not_register_does_not() {
        assertThat(registrar("guessed").register(METADATA, kept::add).failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_token"));
        JsonObject bad = METADATA.toBuilder()
                .put("redirect_uris", List.of("https://shop.example.com/#fragment"))
                .build();
        assertThat(registrar("initial").register(bad, kept::add).failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).hasValue("invalid_redirect_uri"));
        assertThat(kept).isEmpty();
    }
}
