package dev.signet.systemtests.peer;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.client.TokenRequest;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client authenticates with assertions at {@code oidc-provider}. */
@Tag("peer")
class JavaScriptProviderClientTest {

    private static final TokenRequest REQUEST = TokenRequest.clientCredentials()
            .withScope(Scope.of("orders.read"))
            .withResource(new ResourceIndicator(JavaScriptProvider.RESOURCE));

    private static JavaScriptProvider provider;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        provider = JavaScriptProvider.start(
                folder,
                "ES256",
                List.of(
                        Map.of(
                                "client_id",
                                OtherServers.KEY_CLIENT.value(),
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "token_endpoint_auth_signing_alg",
                                "ES256",
                                "jwks",
                                JSONObjectUtils.parse(
                                        FixedKeys.publicKeys(FixedKeys.client()).toJson())),
                        Map.of(
                                "client_id",
                                OtherServers.MAC_CLIENT.value(),
                                "token_endpoint_auth_method",
                                "client_secret_jwt",
                                "token_endpoint_auth_signing_alg",
                                "HS256",
                                "client_secret",
                                OtherServers.SECRET)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    @Requirement({"OIDC-9-08", "7521-6.1-01", "7523-2.2-03", "7523b-4-03"})
    void gets_tokens_with_private_key_jwt() {
        OtherServers.giveTokensForTheRightKeyOnly(provider.issuer(), REQUEST);
    }

    @Test
    @Requirement({"OIDC-9-08", "7521-6.1-01"})
    void gets_tokens_with_client_secret_jwt() {
        OtherServers.giveTokensForTheRightSecretOnly(provider.issuer(), REQUEST);
    }
}
