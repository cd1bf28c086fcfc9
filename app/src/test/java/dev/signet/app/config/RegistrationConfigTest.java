package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationConfigTest {

    private static final String SITE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./store"}
            resources: [{resource: "https://api.example.com", scopes: [read, write], default: true}]
            """;

    @TempDir
    Path folder;

    private Settings read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("signet.yaml"), SITE + yaml);
        return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, Clock.systemUTC());
    }

    private RegistrationPolicy policy(String yaml) throws IOException {
        return read(yaml).registration().orElseThrow();
    }

    private List<String> faults(String yaml) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return thrown.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/signet.yaml:", ""))
                .toList();
    }

    @Test
    @Requirement("D-37")
    void is_off_unless_it_is_said() throws IOException {
        assertThat(read("").registration()).isEmpty();
        RegistrationPolicy least = policy("registration: {}\n");
        assertThat(least.isOpen()).isFalse();
        assertThat(least.scope().isEmpty()).isTrue();
        assertThat(least.rotatesSecretOnUpdate()).isFalse();
        assertThat(least.grantTypes()).containsExactlyInAnyOrder(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);
    }

    @Test
    void says_what_clients_can_have() throws IOException {
        RegistrationPolicy policy = policy("""
                registration:
                  scope: read
                  resources: ["https://api.example.com"]
                  grant_types: [authorization_code, client_credentials]
                  authentication_methods: [private_key_jwt]
                  rotate_secret_on_update: true
                  open_registration: true
                  open_registrations_at_once: 3
                  time_per_open_registration: 10m
                """);
        assertThat(policy.scope()).isEqualTo(Scope.of("read"));
        assertThat(policy.resources()).containsExactly(new ResourceIndicator("https://api.example.com"));
        assertThat(policy.grantTypes())
                .containsExactlyInAnyOrder(GrantType.AUTHORIZATION_CODE, GrantType.CLIENT_CREDENTIALS);
        assertThat(policy.authenticationMethods().orElseThrow())
                .containsExactly(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(policy.rotatesSecretOnUpdate()).isTrue();
        assertThat(policy.isOpen()).isTrue();
    }

    @Test
    void names_each_fault_with_line_and_key() {
        assertThat(faults("""
                registration:
                  scope: read admin
                  resources: ["https://other.example.com"]
                  grant_types: [password]
                  authentication_methods: [magic]
                  open_registrations_at_once: 3
                  colour: blue
                """))
                .containsExactlyInAnyOrder(
                        "5: registration.scope: belongs to no resource: admin",
                        "6: registration.resources: is not among the resources: https://other.example.com",
                        faults("registration:\n  grant_types: [password]\n")
                                .get(0)
                                .replaceFirst("^5", "7"),
                        "8: registration.authentication_methods[0]: expected a method such as private_key_jwt",
                        "9: registration.open_registrations_at_once: is given without open_registration: true",
                        "10: registration.colour: unknown key: expected one of scope, resources, grant_types, authentication_methods,"
                                + " rotate_secret_on_update, open_registration, open_registrations_at_once,"
                                + " time_per_open_registration");
        assertThat(faults("registration: {grant_types: [client_credentials], open_registration: true}\n"))
                .singleElement()
                .asString()
                .contains("registration.open_registration", "authorization_code is not among the grant types");
        assertThat(faults("registration: {open_registration: true, time_per_open_registration: 2d}\n"))
                .containsExactly("4: registration.time_per_open_registration: expected 1s to 1d");
    }
}
