package dev.signet.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClientAuthenticationMethodTest {

    @Test
    void has_the_registered_names() {
        assertThat(Arrays.stream(ClientAuthenticationMethod.values()).map(ClientAuthenticationMethod::wireName))
                .containsExactly(
                        "none", "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt");
    }

    @Test
    void is_found_by_its_exact_name_only() {
        assertThat(ClientAuthenticationMethod.find("private_key_jwt"))
                .contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(ClientAuthenticationMethod.find("PRIVATE_KEY_JWT")).isEmpty();
        assertThat(ClientAuthenticationMethod.find("tls_client_auth")).isEmpty();
    }

    @Test
    void uses_an_assertion_or_not() {
        assertThat(Arrays.stream(ClientAuthenticationMethod.values()).filter(ClientAuthenticationMethod::usesAssertion))
                .containsExactly(
                        ClientAuthenticationMethod.CLIENT_SECRET_JWT, ClientAuthenticationMethod.PRIVATE_KEY_JWT);
    }
}
