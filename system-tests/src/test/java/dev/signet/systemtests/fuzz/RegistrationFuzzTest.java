package dev.signet.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;

class RegistrationFuzzTest {

    private static final String SECRET = "a secret for tests, with the 64 characters that HS512 asks for..";

    /** A registration is refused as an illegal argument, or is the same client when it is written down and read again. */
    @FuzzTest
    void a_registration_is_refused_or_means_one_client(byte[] octets) {
        JsonObject metadata;
        try {
            metadata = JsonObject.parse(octets);
        } catch (JsonException malformed) {
            return;
        }
        RegisteredClient client;
        try {
            client = read(metadata);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        JsonObject written = client.toMetadata();
        assertThat(ClientMetadata.MEMBERS).containsAll(written.names());
        assertThat(read(written).toMetadata()).isEqualTo(written);
        client.authorization()
                .redirectUris()
                .forEach(uri -> assertThat(uri.value())
                        .doesNotContain("*", "#")
                        .doesNotStartWithIgnoringCase("javascript:")
                        .doesNotStartWithIgnoringCase("data:"));
    }

    /** With a secret for the methods that have one, which is no metadata. */
    private static RegisteredClient read(JsonObject metadata) {
        RegisteredClient.Builder client = RegisteredClient.fromMetadata(metadata, CryptoProvider.jdk());
        boolean isSecret = metadata.find("token_endpoint_auth_method")
                .map(method -> method.toString().startsWith("client_secret"))
                .orElse(true);
        return (isSecret ? client.secret(SECRET) : client).build();
    }
}
