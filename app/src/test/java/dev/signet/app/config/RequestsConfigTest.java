package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.authorizationserver.registry.AgreedEncryption;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says about the ways in which authorization requests come. */
class RequestsConfigTest {

    private static final String SITE = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a], default: true}]
            """;

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

    private RequestPolicy policy(String yaml) {
        return read(yaml).requests();
    }

    private String faults(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).getMessage();
    }

    @Test
    void are_the_standard_ones_unless_it_says_otherwise() {
        assertThat(policy("")).isEqualTo(RequestPolicy.standard());
        assertThat(policy("authorization_requests: {}\n")).isEqualTo(RequestPolicy.standard());
        assertThat(RequestPolicy.standard().takesRequestObjects()).isTrue();
        assertThat(RequestPolicy.standard().fetcher()).isEmpty();
        assertThat(RequestPolicy.standard().isSignedRequired()).isFalse();
        assertThat(RequestPolicy.standard().isPushedRequired()).isFalse();
        assertThat(RequestPolicy.standard().pushedLifetime()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    @Requirement({"D-14", "D-17", "D-18", "D-21", "9101-10.5-03", "9126-5-01"})
    void have_a_switch_each() {
        RequestPolicy all = policy("""
                authorization_requests:
                  request_uri_parameter: true
                  require_signed_request_object: true
                  require_pushed_authorization_requests: true
                  require_request_object_typ: true
                  require_request_object_jti: true
                  pushed_lifetime: 5m
                  vetters:
                    - {host: vetter.example.org, name: The Vetters}
                """);
        assertThat(all.fetcher()).isPresent();
        assertThat(all.isSignedRequired()).isTrue();
        assertThat(all.isPushedRequired()).isTrue();
        assertThat(all.isTypeRequired()).isTrue();
        assertThat(all.isJwtIdRequired()).isTrue();
        assertThat(all.pushedLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(all.vetters()).isEqualTo(Map.of("vetter.example.org", "The Vetters"));
        assertThat(policy("authorization_requests: {request_parameter: false}\n")
                        .takesRequestObjects())
                .isFalse();
    }

    @Test
    void that_contradict_each_other_or_are_none_are_faults_at_their_keys() {
        assertThat(faults("authorization_requests: {pushed_lifetime: 10m, request_parameter: 5, unheard_of: true}\n"))
                .contains(
                        "authorization_requests.pushed_lifetime: expected a time from 5s to 599s",
                        "authorization_requests.request_parameter",
                        "authorization_requests.unheard_of",
                        "signet.yaml:4: ");
        assertThat(faults("authorization_requests: {request_parameter: false, require_signed_request_object: true}\n"))
                .contains("authorization_requests", "requireSigned is on, though request objects are not taken");
        assertThat(faults("authorization_requests: {vetters: [{host: a.example}]}\n"))
                .contains("authorization_requests.vetters[0].name");
        assertThat(faults("authorization_requests: {request_uri_parameter: true,"
                        + " vetters: [{host: a.example, name: A}, {host: A.example, name: B}]}\n"))
                .contains("authorization_requests.vetters[1].host: names one host twice");
        assertThat(faults("authorization_requests: {vetters: [{host: a.example, name: A}]}\n"))
                .contains("vetters are given, though request objects are not fetched");
    }

    private static String client(String members) {
        return """
                clients:
                  - client_id: shop
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [authorization_code]
                    redirect_uris: ["https://shop.example.com/callback"]
                    scope: a
                    jwks: %s
                    %s
                """.formatted(FixedKeys.publicKeys(FixedKeys.client()).toJson(), members);
    }

    @Test
    @Requirement({"9101-9-02", "9101-4-11", "9126-6-01", "D-14", "D-15", "D-17", "D-20", "D-21", "D-28"})
    void of_a_client_are_members_of_its_registration() {
        RequestObjectSettings settings =
                read(client("""
                require_signed_request_object: true
                    request_object_signing_alg: ES256
                    request_object_encryption_alg: ECDH-ES
                    request_object_encryption_enc: A256GCM
                    request_uris: ["https://shop.example.com/request.jwt"]
                    require_pushed_authorization_requests: true
                    require_request_object_typ: true
                    require_request_object_jti: true
                    request_object_claims_optional: true
                    allow_request_object_as_application_jwt: true
                    par_unregistered_redirect_uris: true
                """)).parties().clients().get(0).requestObjects();
        assertThat(settings)
                .isEqualTo(RequestObjectSettings.builder()
                        .requireSigned(true)
                        .signingAlgorithm(JwsAlgorithm.ES256)
                        .encryption(new AgreedEncryption("ECDH-ES", "A256GCM"))
                        .requestUris(List.of(URI.create("https://shop.example.com/request.jwt")))
                        .requirePushed(true)
                        .requireType(true)
                        .requireJwtId(true)
                        .claimsOptional(true)
                        .allowApplicationJwt(true)
                        .allowUnregisteredRedirectUris(true)
                        .build());
        assertThat(settings.encryption().map(AgreedEncryption::algorithm)).isEqualTo(Optional.of("ECDH-ES"));
    }

    @Test
    @Requirement({"D-15", "9101-5-05"})
    void of_a_client_that_undo_each_other_are_faults_at_their_keys() {
        assertThat(faults(client("oidc_request_merge: true\n    require_signed_request_object: true")))
                .contains("clients[0].oidc_request_merge: is given beside");
        assertThat(faults(client("request_object_signing_alg: none")))
                .contains("clients[0].request_object_signing_alg");
        assertThat(faults(client("request_object_signing_alg: HS256")))
                .contains("clients[0].request_object_signing_alg");
        assertThat(faults(client("request_uris: [\"ftp://shop.example.com/hunter2\"]")))
                .contains("clients[0].request_uris")
                .doesNotContain("hunter2");
        assertThat(faults(client("request_object_encryption_enc: A256GCM")))
                .contains("clients[0]: request_object_encryption_alg: is missing");
    }
}
