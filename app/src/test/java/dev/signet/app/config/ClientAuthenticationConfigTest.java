package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says about the methods that clients may authenticate by. */
class ClientAuthenticationConfigTest {

    private static final String SITE =
            """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a], default: true}]
            clients:
              - {client_id: reporter, grant_types: [client_credentials], token_endpoint_auth_method: private_key_jwt, jwks: %s}
              - {client_id: shop, grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"], token_endpoint_auth_method: client_secret_basic, client_secret: correct-horse-battery-staple-32-ch}
              - {client_id: api, resource_server_for: ["https://api.example.com"], token_endpoint_auth_method: client_secret_post, client_secret: correct-horse-battery-staple-32-ch}
            """.formatted(FixedKeys.publicKeys(FixedKeys.client()).toJson());

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("signet.yaml"), SITE + yaml);
            return ConfigFile.parse(file, Environment.of(Map.of())).read(CryptoChoice.JDK::select, Clock.systemUTC());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> faults(String yaml) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return refused.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/signet.yaml:", ""))
                .toList();
    }

    @Test
    void every_enabled_method_is_allowed_everywhere_unless_the_file_says_otherwise() {
        ClientAuthenticationSettings settings = read("").clientAuthentication();
        assertThat(settings.allowed()).isEqualTo(AllowedMethods.all());
        assertThat(settings.methods()).doesNotContain(ClientAuthenticationMethod.CLIENT_SECRET_JWT);
    }

    @Test
    @Requirement("D-41")
    void macs_are_switched_on() {
        assertThat(read("client_authentication: {client_secret_jwt: true}\n")
                        .clientAuthentication()
                        .methods())
                .contains(ClientAuthenticationMethod.CLIENT_SECRET_JWT);
        assertThat(read("client_authentication: {client_secret_jwt: false}\n")
                        .clientAuthentication()
                        .methods())
                .doesNotContain(ClientAuthenticationMethod.CLIENT_SECRET_JWT);
    }

    @Test
    void endpoints_and_grants_are_read() {
        assertThat(read("""
                        client_authentication:
                          endpoints: {introspection: [private_key_jwt, client_secret_post], revocation: private_key_jwt}
                          grants:
                            client_credentials: [private_key_jwt]
                            "urn:ietf:params:oauth:grant-type:jwt-bearer": [private_key_jwt, client_secret_basic]
                        """).clientAuthentication().allowed())
                .isEqualTo(AllowedMethods.all()
                        .at(
                                ClientEndpoint.INTROSPECTION,
                                Set.of(
                                        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                                        ClientAuthenticationMethod.CLIENT_SECRET_POST))
                        .at(ClientEndpoint.REVOCATION, Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                        .forGrant(GrantType.CLIENT_CREDENTIALS, Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                        .forGrant(
                                GrantType.JWT_BEARER,
                                Set.of(
                                        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC)));
    }

    @Test
    void what_cannot_be_read_is_a_fault_at_its_place_and_no_more() {
        assertThat(faults("""
                        client_authentication:
                          endpoints: {introspection: [magic], authorization: [private_key_jwt]}
                          grants: {password: [private_key_jwt]}
                          methods: []
                        """))
                .containsExactly(
                        "9: client_authentication.endpoints.introspection[0]: expected one of none, client_secret_basic,"
                                + " client_secret_post, client_secret_jwt, private_key_jwt",
                        "9: client_authentication.endpoints.authorization: unknown key: expected one of token,"
                                + " introspection, revocation, pushed_authorization_request",
                        "10: client_authentication.grants.password: unknown key: expected one of authorization_code,"
                                + " client_credentials, refresh_token, "
                                + GrantType.JWT_BEARER,
                        "11: client_authentication.methods: unknown key: expected one of endpoints, grants,"
                                + " client_secret_jwt");
    }

    @Test
    void contradictions_are_faults_at_their_keys() {
        assertThat(faults("""
                        client_authentication:
                          endpoints:
                            introspection: [none, client_secret_post]
                            revocation: [client_secret_jwt]
                          grants:
                            "urn:ietf:params:oauth:grant-type:jwt-bearer": []
                        """))
                .containsExactly(
                        "10: client_authentication.endpoints.introspection: none proves nothing: clients have to"
                                + " authenticate for this",
                        "11: client_authentication.endpoints.revocation: client_secret_jwt is not enabled: say"
                                + " client_secret_jwt: true",
                        "13: client_authentication.grants." + GrantType.JWT_BEARER + ": leaves no way to authenticate");
    }

    @Test
    void a_client_that_could_never_use_anything_is_a_fault_where_it_stands() {
        String nothing = "client_authentication does not allow %s for anything that the client is registered for";
        assertThat(
                        faults(
                                "client_authentication: {endpoints: {token: [private_key_jwt], introspection: [private_key_jwt]}}\n"))
                .containsExactly(
                        "6: clients[1].token_endpoint_auth_method: " + nothing.formatted("client_secret_basic"),
                        "7: clients[2].token_endpoint_auth_method: " + nothing.formatted("client_secret_post"));
        assertThat(read("client_authentication: {grants: {client_credentials: [private_key_jwt]}}\n")
                        .parties()
                        .clients())
                .as("one grant is left to the second client")
                .extracting(client -> client.clientId())
                .contains(new ClientId("shop"));
    }

    @Test
    @Requirement("D-08")
    void a_trust_that_lets_clients_go_without_needs_none_for_its_grant() {
        String trust = """
                trusted_issuers:
                  - issuer: https://ci.example.com
                    jwks: %s
                    subjects: [a]
                    scope: a
                    allow_unauthenticated_client: ci
                """.formatted(FixedKeys.publicKeys(FixedKeys.issuer()).toJson());
        String grants = "client_authentication: {grants: {\"" + GrantType.JWT_BEARER + "\": [%s]}}\n";
        assertThat(faults(trust + grants.formatted("private_key_jwt, client_secret_basic")))
                .containsExactly(
                        "13: trusted_issuers[0].allow_unauthenticated_client: client_authentication does not allow"
                                + " none for " + GrantType.JWT_BEARER);
        assertThat(read(trust + grants.formatted("none, client_secret_basic"))
                        .parties()
                        .trustedIssuers()
                        .isEmpty())
                .isFalse();
    }

    @Test
    void a_client_whose_own_assertions_are_enough_needs_none_as_well() {
        String grants = "client_authentication: {grants: {\"" + GrantType.JWT_BEARER + "\": [private_key_jwt]}}\n";
        String agent = SITE.lines()
                .filter(line -> line.contains("reporter"))
                .findFirst()
                .orElseThrow()
                .replace("reporter", "agent")
                .replace("[client_credentials]", "[\"" + GrantType.JWT_BEARER + "\"]")
                .replace("jwks:", "self_issued_assertions: {allow_unauthenticated_client: true}, jwks:");
        assertThat(faults(agent + "\n" + grants.replace("[private_key_jwt]", "[private_key_jwt, client_secret_basic]")))
                .containsExactly(
                        "8: clients[3].self_issued_assertions.allow_unauthenticated_client: client_authentication"
                                + " does not allow none for " + GrantType.JWT_BEARER);
        assertThat(read(agent + "\n").parties().clients()).hasSize(4);
    }
}
