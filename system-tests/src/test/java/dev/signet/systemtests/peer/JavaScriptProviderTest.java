package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.error.RefusalReason;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code oidc-provider} issues: our client gets its token, and our validator takes it for its audience only. */
@Tag("peer")
class JavaScriptProviderTest {

    private static final ClientId CLIENT = new ClientId("reporter");
    private static final String SECRET = "a-secret-for-tests-that-is-long-enough";

    private final OutboundHttp outbound =
            OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "PS256"})
    @Requirement({"9068-4-04", "9068-4-08", "9068-4-09", "9068-4-11"})
    void our_validator_takes_its_tokens(String algorithm) throws Exception {
        Map<String, Object> client = Map.of("client_id", CLIENT.value(), "client_secret", SECRET);
        try (JavaScriptProvider provider = JavaScriptProvider.start(folder, algorithm, List.of(client))) {
            Issuer issuer = provider.issuer();
            String authorization = authorization(issuer);

            AccessTokenOutcome outcome =
                    validator(issuer, JavaScriptProvider.RESOURCE).validate(List.of(authorization));
            assertThat(outcome).isInstanceOf(Valid.class);
            assertThat(outcome.requireScope("orders.read")).isInstanceOf(Valid.class);
            assertThat(outcome.requireScope("orders.write")).isInstanceOf(Refused.class);
            assertThat(((Valid) outcome).token().clientId()).isEqualTo(CLIENT);

            assertRefused(validator(issuer, "https://other.example.com/"), authorization, RefusalReason.JWT_AUDIENCE);
            char changed = authorization.charAt(authorization.length() - 10) == 'A' ? 'B' : 'A';
            StringBuilder forged = new StringBuilder(authorization);
            forged.setCharAt(authorization.length() - 10, changed);
            assertRefused(
                    validator(issuer, JavaScriptProvider.RESOURCE), forged.toString(), RefusalReason.JWT_BAD_SIGNATURE);
        }
    }

    private static void assertRefused(AccessTokenValidator validator, String authorization, RefusalReason reason) {
        AccessTokenOutcome outcome = validator.validate(List.of(authorization));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private AccessTokenValidator validator(Issuer issuer, String audience) {
        return AccessTokenValidator.builder()
                .issuer(issuer.value())
                .audience(audience)
                .outbound(outbound)
                .build();
    }

    private String authorization(Issuer issuer) {
        return OAuthClient.builder(issuer, ClientAuthentication.clientSecretBasic(CLIENT, SECRET))
                .outbound(outbound)
                .build()
                .token(TokenRequest.clientCredentials()
                        .withScope(Scope.of("orders.read"))
                        .withResource(new ResourceIndicator(JavaScriptProvider.RESOURCE)))
                .value()
                .orElseThrow()
                .authorization();
    }
}
