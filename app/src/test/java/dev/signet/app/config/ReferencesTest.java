package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names something that is not there can never work, and is a fault where it stands. */
class ReferencesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);
    private static final String BASE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a, b], default: true}]
            """;
    private static final String CLIENT = """
            clients:
              - client_id: r
                token_endpoint_auth_method: private_key_jwt
                grant_types: [client_credentials]
                jwks_uri: "https://keys.example.com/r"
            """;
    private static final String TRUST = """
            trusted_issuers:
              - issuer: https://ci.example.com
                subjects: [x]
                jwks_uri: "https://keys.example.com/ci"
            """;
    private static final String UNREACHABLE =
            ": expected the https URL of a JWK Set; outbound.allow_hosts opens hosts that are internal or speak plain http";

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
            return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, CLOCK);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> faults(String yaml) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return thrown.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/", ""))
                .toList();
    }

    @Nested
    class Addresses_of_keys {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://keys.example.com/r",
                    "https://10.0.0.5/r",
                    "https://[::1]/r",
                    "https://localhost:9000/r"
                })
        void that_are_never_called_are_faults(String uri) {
            assertThat(faults(BASE + CLIENT.replace("https://keys.example.com/r", uri)))
                    .containsExactly("signet.yaml:8: clients[0].jwks_uri" + UNREACHABLE);
            assertThat(faults(BASE + TRUST.replace("https://keys.example.com/ci", uri)))
                    .containsExactly("signet.yaml:7: trusted_issuers[0].jwks_uri" + UNREACHABLE);
        }

        @ParameterizedTest
        @CsvSource({"http://keys.example.com/r,keys.example.com", "https://10.0.0.5/r,10.0.0.5"})
        void are_called_at_hosts_that_the_operator_opens(String uri, String host) {
            String open = "outbound: {allow_hosts: [" + host + "]}\n";
            assertThat(read(BASE + open + CLIENT.replace("https://keys.example.com/r", uri))
                            .parties()
                            .clients())
                    .hasSize(1);
            assertThat(read(BASE + open + TRUST.replace("https://keys.example.com/ci", uri))
                            .parties()
                            .trustedIssuers()
                            .all())
                    .hasSize(1);
        }
    }

    @Nested
    class Clients {
        @Test
        void name_registered_resources_and_scopes() {
            assertThat(read(BASE + CLIENT + "    scope: a b\n    resources: [\"https://api.example.com\"]\n")
                            .parties()
                            .clients())
                    .hasSize(1);
            assertThat(faults(BASE + CLIENT + "    scope: d a c\n"
                            + "    resources: [\"https://other.example.com\", \"https://api.example.com\"]\n"))
                    .containsExactly(
                            "signet.yaml:9: clients[0].scope: belongs to no resource: c, d",
                            "signet.yaml:10: clients[0].resources: is not among the resources: https://other.example.com");
        }

        @Test
        void are_not_blamed_for_resources_that_could_not_be_read() {
            assertThat(faults(BASE.replace("https://api.example.com", "nothing") + CLIENT + "    scope: c\n"))
                    .containsExactly("signet.yaml:3: resources[0].resource: expected an absolute URI without fragment");
        }
    }

    @Nested
    class Trusted_issuers {
        @Test
        void give_scopes_that_a_resource_has() {
            assertThat(faults(BASE + TRUST + "    scope: a c\n"))
                    .containsExactly("signet.yaml:8: trusted_issuers[0].scope: belongs to no resource: c");
        }

        @Test
        void may_be_for_clients_of_the_store() {
            assertThat(read(BASE + CLIENT + TRUST + "    clients: [kept-in-the-store]\n")
                            .parties()
                            .trustedIssuers()
                            .all())
                    .hasSize(1);
        }

        @Test
        void are_for_no_client_whose_registration_here_lacks_the_grant() {
            String trust = TRUST + "    clients: [kept-in-the-store, r]\n";
            assertThat(faults(BASE + CLIENT + trust))
                    .containsExactly("signet.yaml:13: trusted_issuers[0].clients: are without the grant type"
                            + " urn:ietf:params:oauth:grant-type:jwt-bearer: r");
            assertThat(read(BASE
                                    + CLIENT.replace(
                                            "[client_credentials]", "[\"urn:ietf:params:oauth:grant-type:jwt-bearer\"]")
                                    + trust)
                            .parties()
                            .trustedIssuers()
                            .all())
                    .hasSize(1);
        }
    }
}
