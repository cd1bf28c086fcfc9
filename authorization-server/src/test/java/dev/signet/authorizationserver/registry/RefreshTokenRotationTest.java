package dev.signet.authorizationserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("D-29")
class RefreshTokenRotationTest {

    private static RegisteredClient.Builder client(ClientAuthenticationMethod method) {
        RegisteredClient.Builder client = RegisteredClient.builder(new ClientId("web"))
                .authenticationMethod(method)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN))
                .authorization(AuthorizationSettings.builder()
                        .redirectUris(List.of(new RedirectUri("https://web.example.com/callback")))
                        .build());
        return method == ClientAuthenticationMethod.NONE
                ? client
                : client.secret("a secret of which nobody has heard, long enough for all");
    }

    private static JsonObject metadata() {
        return client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).build().toMetadata().toBuilder()
                .put("client_secret", "a secret of which nobody has heard, long enough for all")
                .build();
    }

    @Test
    void is_off_for_a_client_that_authenticates_and_on_for_others() {
        assertThat(client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .build()
                        .refreshTokenRotation())
                .isEqualTo(RefreshTokenRotation.NONE);
        assertThat(client(ClientAuthenticationMethod.NONE).build().refreshTokenRotation())
                .isEqualTo(RefreshTokenRotation.STRICT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 60})
    void survives_being_written_down_and_copied(long grace) {
        RefreshTokenRotation rotation = new RefreshTokenRotation(true, Duration.ofSeconds(grace));
        RegisteredClient client = client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .refreshTokenRotation(rotation)
                .build();
        RegisteredClient read = RegisteredClient.fromMetadata(client.toMetadata(), CryptoProvider.jdk())
                .secret(client.secret().orElseThrow())
                .build();
        assertThat(read.refreshTokenRotation()).isEqualTo(rotation);
        assertThat(read.toBuilder().build().refreshTokenRotation()).isEqualTo(rotation);
    }

    @Test
    void leaves_no_trace_in_what_is_written_down_unless_it_was_asked_for() {
        for (ClientAuthenticationMethod method :
                List.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)) {
            RegisteredClient client = client(method).build();
            assertThat(client.toMetadata().names()).doesNotContain("rotate_refresh_tokens", "refresh_token_grace");
            assertThat(client.toBuilder().build().refreshTokenRotation()).isEqualTo(client.refreshTokenRotation());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 61, 0 to 60 whole seconds",
        "true, -1, 0 to 60 whole seconds",
        "false, 1, without rotate_refresh_tokens"
    })
    void is_refused_with_a_grace_that_it_can_not_have(boolean rotated, long grace, String words) {
        JsonObject metadata = metadata().toBuilder()
                .put("rotate_refresh_tokens", rotated)
                .put("refresh_token_grace", grace)
                .build();
        RegisteredClient.Builder read = RegisteredClient.fromMetadata(metadata, CryptoProvider.jdk());
        assertThatIllegalArgumentException().isThrownBy(read::build).withMessageContaining(words);
    }

    @Test
    void is_refused_for_a_client_that_does_not_authenticate_or_has_no_refresh_tokens() {
        RegisteredClient.Builder open =
                client(ClientAuthenticationMethod.NONE).refreshTokenRotation(RefreshTokenRotation.STRICT);
        assertThatIllegalArgumentException().isThrownBy(open::build).withMessageContaining("always rotated");
        RegisteredClient.Builder without = client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                .refreshTokenRotation(RefreshTokenRotation.STRICT);
        assertThatIllegalArgumentException()
                .isThrownBy(without::build)
                .withMessageContaining("without the grant type refresh_token");
    }

    @Test
    void needs_a_code_that_refresh_tokens_come_of() {
        RegisteredClient.Builder client =
                client(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).grantTypes(Set.of(GrantType.REFRESH_TOKEN));
        assertThatIllegalArgumentException()
                .isThrownBy(client::build)
                .withMessageContaining("refresh_token without authorization_code");
    }

    @ParameterizedTest
    @CsvSource({
        "59, 120, idle must be a minute",
        "60, 315360001, absolute must be a minute",
        "61, 60, idle must not be longer than absolute"
    })
    @Requirement("6749-6-06")
    void is_beside_lifetimes_that_have_bounds(long idle, long absolute, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RefreshTokenLifetimes(Duration.ofSeconds(idle), Duration.ofSeconds(absolute)))
                .withMessageContaining(words);
        assertThat(new RefreshTokenLifetimes(Duration.ofSeconds(60), Duration.ofSeconds(315_360_000)).idle())
                .isEqualTo(Duration.ofSeconds(60));
    }
}
