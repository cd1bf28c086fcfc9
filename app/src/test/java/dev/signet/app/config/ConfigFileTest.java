package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signet.app.crypto.CryptoChoice;
import dev.signet.app.log.LogLevel;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);
    private static final String SECRET = "correct-horse-battery-staple-0123456789";
    private static final String MINIMAL = """
            issuer: http://localhost:8080
            store: {url: "jdbc:h2:file:./data/signet"}
            resources: [{resource: "https://api.example.com", scopes: [a, b], default: true}]
            """;

    @TempDir
    Path folder;

    private Settings read(String yaml) {
        return read(yaml, Map.of());
    }

    private Settings read(String yaml, Map<String, String> environment) {
        try {
            Path file = folder.resolve("signet.yaml");
            Files.writeString(file, yaml);
            return ConfigFile.parse(file, Environment.of(environment)).read(CryptoChoice.JDK::select, CLOCK);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The faults of a file without the folder in front. */
    private List<String> faults(String yaml) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        return thrown.faults().stream()
                .map(fault -> fault.toString().replace(folder + "/", ""))
                .toList();
    }

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private static String jwks(SigningKey key) {
        return JwkSet.of(List.of(key.verificationKey())).toJson();
    }

    @Nested
    class Decryption {
        @Test
        void is_off_unless_its_algorithms_are_named() throws Exception {
            assertThat(read(MINIMAL).decryptionAlgorithms()).isEmpty();
            assertThat(read(MINIMAL + "decryption: {algorithms: [ECDH-ES, RSA-OAEP-256]}\n")
                            .decryptionAlgorithms())
                    .containsExactly("ECDH-ES", "RSA-OAEP-256");
        }

        @Test
        @Requirement("D-41")
        void has_algorithms_that_there_are_each_once() {
            assertThat(faults(MINIMAL + "decryption: {algorithms: [RSA1_5, ECDH-ES, ECDH-ES]}\n"))
                    .containsExactly(
                            "signet.yaml:4: decryption.algorithms[0]: expected one of RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW,"
                                    + " ECDH-ES+A256KW",
                            "signet.yaml:4: decryption.algorithms: names one algorithm twice");
        }
    }

    @Nested
    class A_good_file {
        @Test
        void needs_only_issuer_store_and_resources() {
            Settings settings = read(MINIMAL);
            assertThat(settings.site().issuer()).hasToString("http://localhost:8080");
            assertThat(settings.site().listen()).hasToString("127.0.0.1:8080");
            assertThat(settings.site().logLevel()).isEqualTo(LogLevel.INFO);
            assertThat(settings.signing().algorithm()).isEqualTo(JwsAlgorithm.ES256);
            assertThat(settings.signing().fromFiles()).isFalse();
            assertThat(settings.parties().clients()).isEmpty();
            assertThat(settings.parties().trustedIssuers().isEmpty()).isTrue();
            assertThat(settings.revocation()).isEqualTo(new RevocationSettings(false, 1_000_000));
        }

        @Test
        void may_say_everything() {
            Settings settings = read(
                    """
                    issuer: https://as.example.com
                    listen: {host: 0.0.0.0, port: 9443, allow_plain_http_behind_proxy: true}
                    store: {url: "jdbc:postgresql://db.example.com/signet", user: signet, password: "${DB_PASSWORD}"}
                    encryption: {key: "%s"}
                    signing: {algorithm: PS256}
                    crypto: jdk
                    log: {level: debug}
                    outbound: {allow_hosts: [keys.internal, "localhost:7000"]}
                    resources:
                      - {resource: "https://api.example.com/orders", scopes: [orders.read, orders.write], default: true, token_lifetime: 5m}
                      - resource: urn:example:stock
                        scopes: [stock.read]
                        scope_required: true
                        enabled: false
                    clients:
                      - {client_id: reporter, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: "orders.read", jwks: %s, token_endpoint_auth_signing_alg: ES256, require_assertion_typ: true, try_all_keys: true, self_issued_assertions: {subjects: ["*@staff.example"]}}
                      - client_id: shop
                        client_secret: ${SHOP_SECRET}
                        token_endpoint_auth_method: client_secret_basic
                        grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
                        resources: ["https://api.example.com/orders"]
                        enabled: false
                    trusted_issuers:
                      - issuer: https://ci.example.com
                        jwks_uri: https://keys.internal/ci
                        algorithms: [RS256]
                        subjects: ["repo:acme/*"]
                        subject_prefix: ci/
                        scope: orders.read
                        clients: [shop]
                        required_claims: [environment]
                        maximum_lifetime: 30m
                        allow_assertion_reuse: true
                      - {issuer: "https://idp.example.com", jwks: %s, subjects: {a@example.com: alice}}
                    """.formatted(
                                    Base64.getEncoder().encodeToString(new byte[32]),
                                    jwks(key(JwsAlgorithm.ES256)),
                                    jwks(key(JwsAlgorithm.ES256))),
                    Map.of("DB_PASSWORD", "pässword: [x]", "SHOP_SECRET", SECRET));
            assertThat(settings.store().password()).contains("pässword: [x]");
            assertThat(settings.signing().algorithm()).isEqualTo(JwsAlgorithm.PS256);
            assertThat(settings.site().logLevel()).isEqualTo(LogLevel.DEBUG);
            List<ProtectedResource> resources =
                    List.copyOf(settings.parties().resources().all());
            assertThat(resources).hasSize(2);
            assertThat(resources.get(0).tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
            assertThat(resources.get(1).isScopeRequired()).isTrue();
            assertThat(resources).extracting(ProtectedResource::isEnabled).containsExactly(true, false);
            assertThat(settings.parties().clients())
                    .extracting(RegisteredClient::isEnabled)
                    .containsExactly(true, false);
            RegisteredClient reporter = settings.parties().clients().get(0);
            assertThat(reporter.authenticationMethod()).isEqualTo(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
            assertThat(reporter.requireAssertionTyp()).isTrue();
            assertThat(reporter.tryAllKeys()).isTrue();
            assertThat(reporter.selfIssuedAssertions())
                    .hasValue(SelfIssuedAssertions.aboutItself().andAbout("*@staff.example"));
            assertThat(reporter.scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(settings.parties().clients().get(1).secret()).isPresent();
            List<TrustedIssuer> trusted = settings.parties().trustedIssuers().all();
            assertThat(trusted)
                    .extracting(TrustedIssuer::issuer)
                    .containsExactly("https://ci.example.com", "https://idp.example.com");
            TrustedIssuer ci = trusted.get(0);
            assertThat(ci.algorithms()).containsExactly(JwsAlgorithm.RS256);
            assertThat(ci.subjects().subjectFor("repo:acme/shop", JsonObject.empty()))
                    .contains("ci/repo:acme/shop");
            assertThat(ci.subjects().subjectFor("repo:other/shop", JsonObject.empty()))
                    .isEmpty();
            assertThat(ci.permits(new ClientId("shop"))).isTrue();
            assertThat(ci.permits(new ClientId("reporter"))).isFalse();
            assertThat(ci.has(Leniency.ALLOW_ASSERTION_REUSE)).isTrue();
            assertThat(ci.has(Leniency.JTI_OPTIONAL)).isFalse();
            assertThat(ci.maximumLifetime()).isEqualTo(Duration.ofMinutes(30));
            assertThat(trusted.get(1).subjects().subjectFor("a@example.com", JsonObject.empty()))
                    .contains("alice");
        }

        @Test
        void finds_its_files_from_its_own_folder() throws IOException {
            SigningKey key = key(JwsAlgorithm.ES256);
            Files.writeString(folder.resolve("key.pem"), pem(key));
            Settings settings = read(MINIMAL + "signing: {algorithm: ES256, keys: [key.pem]}\n");
            assertThat(settings.signing().keys()).extracting(SigningKey::keyId).containsExactly(key.keyId());
            assertThat(settings.store().url()).isEqualTo("jdbc:h2:file:" + folder.resolve("data/signet"));
        }

        @Test
        void shows_no_secret() {
            Settings settings = read("""
                    issuer: https://as.example.com
                    store: {url: "jdbc:postgresql://db.example.com/signet", user: signet, password: hunter2}
                    encryption: {key: "%s"}
                    resources: [{resource: "https://api.example.com"}]
                    """.formatted(Base64.getEncoder().encodeToString(new byte[32])));
            assertThat(settings + " " + settings.store())
                    .doesNotContain("hunter2")
                    .doesNotContain("AAAA");
        }

        private static String pem(SigningKey key) {
            return Pkcs8.pem(key.toPrivateJwk());
        }
    }

    @Nested
    class Clients_that_ask_people {

        @Test
        void are_what_the_file_says() {
            AuthorizationSettings shop =
                    read(MINIMAL + """
                    clients:
                      - client_id: shop
                        client_secret: correct-horse-battery-staple-0123456789
                        client_name: The shop
                        grant_types: [authorization_code]
                        response_types: [code]
                        redirect_uris: ["https://shop.example.com/callback", "http://127.0.0.1/callback"]
                        application_type: native
                        pkce_optional: true
                        allow_errors_without_login: true
                        scope: a
                    """).parties().clients().get(0).authorization();
            assertThat(shop.clientName()).contains("The shop");
            assertThat(shop.redirectUris())
                    .containsExactly(
                            new RedirectUri("https://shop.example.com/callback"),
                            new RedirectUri("http://127.0.0.1/callback"));
            assertThat(shop.applicationType()).isEqualTo(ApplicationType.NATIVE);
            assertThat(shop.isPkceOptional()).isTrue();
            assertThat(shop.allowsErrorsWithoutLogin()).isTrue();
            assertThat(shop.isRedirectUriOptional()).isFalse();
        }

        @Test
        @Requirement({"6749-3.1.2-02", "6749-3.1.2-05"})
        void are_refused_at_the_key_that_is_wrong() {
            assertThat(faults(MINIMAL + """
                    clients:
                      - client_id: shop
                        client_secret: correct-horse-battery-staple-0123456789
                        grant_types: [authorization_code]
                        redirect_uris: ["http://secret.example.com/callback"]
                        redirect_uri_may_be_omitted: true
                        application_type: desktop
                      - client_id: web
                        client_secret: correct-horse-battery-staple-0123456789
                        grant_types: [authorization_code]
                        redirect_uris: ["http://127.0.0.1/callback"]
                      - client_id: none
                        client_secret: correct-horse-battery-staple-0123456789
                        grant_types: [authorization_code]
                    """))
                    .containsExactly(
                            "signet.yaml:8: clients[0].redirect_uris: redirect URI must use https (http only for a loopback host)",
                            "signet.yaml:10: clients[0].application_type: has an unsupported value: expected web or native",
                            "signet.yaml:14: clients[1].redirect_uris: must use https: others are for a client that runs on the"
                                    + " machine of its user and says so by application_type",
                            "signet.yaml:15: clients[2]: redirect_uris is missing, though grant_types has authorization_code");
        }
    }

    @Nested
    class Every_fault_at_once {
        @Test
        void each_with_file_line_and_key() {
            assertThat(faults("""
                            issuer: http://as.example.com
                            listen: {host: 0.0.0.0, port: 99999}
                            store: {url: "jdbc:mysql://db/x"}
                            signing:
                              algorithm: none
                            resources:
                              - {resource: "not a uri", token_lifetime: 10}
                              - {resource: "https://api.example.com", token_lifetime: 2h}
                            clients:
                              - client_id: reporter
                                token_endpoint_auth_method: private_key_jwt
                                grant_types: [client_credentials, password]
                              - client_id: shop
                                client_secret: short
                                token_endpoint_auth_method: client_secret_basic
                                grant_types: [client_credentials]
                                unknown_member: 1
                            trusted_issuers:
                              - {issuer: "https://ci.example.com", subjects: "*"}
                            crypto: openssl
                            log: {level: loud}
                            colour: blue
                            issuer: https://as.example.com
                            """))
                    .containsExactly(
                            "signet.yaml:1: issuer: expected an https URL without query and fragment (http for localhost only)",
                            "signet.yaml:2: listen.port: expected a whole number from 0 to 65535",
                            "signet.yaml:2: listen.host: expected a loopback address or listen.tls: secrets and tokens would"
                                    + " travel in the clear (where TLS ends at a proxy in front, say"
                                    + " allow_plain_http_behind_proxy: true)",
                            "signet.yaml:3: store.url: expected jdbc:h2:file:… or jdbc:postgresql://…",
                            "signet.yaml:5: signing.algorithm: expected one of RS256, RS384, RS512, PS256, PS384, PS512, ES256,"
                                    + " ES384, ES512, EdDSA, Ed25519",
                            "signet.yaml:7: resources[0].resource: expected an absolute URI without fragment",
                            "signet.yaml:7: resources[0].token_lifetime: expected a time such as 30s, 10m or 1h",
                            "signet.yaml:8: resources[1].token_lifetime: must be 60 to 3600 whole seconds",
                            "signet.yaml:10: clients[0]: jwks or jwks_uri is missing, though the method is private_key_jwt"
                                    + " without federated_identity",
                            "signet.yaml:12: clients[0].grant_types: has an unsupported value: expected one of"
                                    + " authorization_code, client_credentials, urn:ietf:params:oauth:grant-type:jwt-bearer, refresh_token",
                            "signet.yaml:14: clients[1].client_secret: must have 32 to 1024 characters",
                            "signet.yaml:17: clients[1].unknown_member: unknown key: expected one of access_token_lifetime,"
                                    + " allow_errors_without_login, allow_request_object_as_application_jwt, application_type, attributes,"
                                    + " client_id, client_id_issued_at, client_name, client_secret, client_uri, enabled, federated_identity,"
                                    + " grant_types, introspect_own_tokens, introspection_encrypted_response_alg,"
                                    + " introspection_encrypted_response_enc, introspection_signed_response_alg, jwks, jwks_uri, legacy_assertion_audience,"
                                    + " oidc_request_merge, par_unregistered_redirect_uris, pkce_optional, policy_uri, redirect_uri_may_be_omitted,"
                                    + " redirect_uris, refresh_token_grace, request_object_claims_optional, request_object_encryption_alg,"
                                    + " request_object_encryption_enc, request_object_signing_alg, request_uris, require_assertion_typ,"
                                    + " require_pushed_authorization_requests, require_request_object_jti, require_request_object_typ,"
                                    + " require_signed_request_object, resource_server_for, resources, response_types, rotate_refresh_tokens, scope, self_issued_assertions, token_endpoint_auth_method, token_endpoint_auth_signing_alg, tos_uri, try_all_keys",
                            "signet.yaml:19: trusted_issuers[0]: expected one of jwks, jwks_uri and discovery: true",
                            "signet.yaml:19: trusted_issuers[0].subjects: expected text with at most one *",
                            "signet.yaml:20: crypto: expected auto, jdk or accp",
                            "signet.yaml:21: log.level: expected error, warn, info or debug",
                            "signet.yaml:22: colour: unknown key: expected one of crypto, issuer, listen, store, encryption, log,"
                                    + " outbound, access_tokens, resources, signing, decryption, client_authentication, clients, users, revocation, refresh_tokens, authorization_requests, registration, sessions, pages, trusted_issuers",
                            "signet.yaml:23: issuer: given twice, first in line 1");
        }

        @Test
        void an_empty_file_lacks_what_has_no_default() {
            assertThat(faults(""))
                    .containsExactly(
                            "signet.yaml:1: issuer: is missing: expected an https URL without query and fragment (http for"
                                    + " localhost only)",
                            "signet.yaml:1: store: is missing: expected a mapping with url",
                            "signet.yaml:1: resources: is missing: expected a list of the APIs that tokens are for");
        }

        @Test
        void a_variable_that_is_not_set_is_one_and_no_more() {
            assertThat(faults(MINIMAL + """
                    access_tokens: {pairwise_key: "${NOT_SET}"}
                    clients:
                      - {client_id: batch, token_endpoint_auth_method: client_secret_basic, client_secret: "${NOT_SET}", grant_types: [client_credentials]}
                    """))
                    .hasSize(2)
                    .allSatisfy(fault -> assertThat(fault).endsWith("the environment variable NOT_SET is not set"));
        }

        @Test
        void a_file_that_is_not_there_is_one() {
            ConfigException thrown = catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigFile.parse(folder.resolve("none.yaml"), Environment.of(Map.of())));
            assertThat(thrown).hasMessage(folder.resolve("none.yaml") + ": there is no such file");
        }

        @Test
        void a_file_that_is_no_utf_8_is_one() throws IOException {
            Path file = folder.resolve("latin.yaml");
            Files.write(file, "issuer: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
            ConfigException thrown =
                    catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(file, Environment.of(Map.of())));
            assertThat(thrown).hasMessageEndingWith("latin.yaml: expected text in UTF-8");
        }

        @Test
        void a_file_that_is_far_too_long_is_one() throws IOException {
            Path file = Files.writeString(folder.resolve("long.yaml"), "#".repeat(1024 * 1024 + 1));
            ConfigException thrown =
                    catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(file, Environment.of(Map.of())));
            assertThat(thrown).hasMessageEndingWith("long.yaml: is longer than 1048576 bytes");
        }

        @Test
        @Timeout(20)
        void as_many_as_a_file_can_hold_are_soon_told() {
            String yaml =
                    IntStream.range(0, 80_000).mapToObj(i -> "k" + i + ":\n").collect(Collectors.joining());
            assertThat(faults(yaml)).hasSize(80_003);
        }

        @Test
        void no_fault_repeats_a_secret() {
            assertThat(String.join("\n", faults(MINIMAL + """
                            clients:
                              - {client_id: shop, client_secret: "hunter2-hunter2", token_endpoint_auth_method: client_secret_post, grant_types: [client_credentials]}
                            encryption: {key: "hunter2-hunter2"}
                            """)))
                    .contains("client_secret")
                    .contains("encryption.key")
                    .doesNotContain("hunter2");
        }
    }

    @Nested
    class Issuer {
        @Test
        @Requirement("7523b-4-04")
        void is_required() {
            assertThat(faults(MINIMAL.replaceFirst("issuer: .*\n", ""))).hasSize(1);
        }

        @ParameterizedTest
        @Requirement("8414-2-01")
        @ValueSource(
                strings = {
                    "http://as.example.com",
                    "https://as.example.com?x=1",
                    "https://as.example.com#x",
                    "ftp://localhost",
                    "as.example.com",
                    "'https://'"
                })
        void is_an_https_url_without_query_and_fragment(String issuer) {
            assertThat(faults(MINIMAL.replace("http://localhost:8080", issuer)))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("signet.yaml:1: issuer: ");
        }

        @Test
        @Requirement("8414-2-01")
        void may_have_a_path() {
            assertThat(read(MINIMAL.replace("http://localhost:8080", "https://as.example.com/tenant"))
                            .site()
                            .issuer())
                    .hasToString("https://as.example.com/tenant");
        }
    }

    @Nested
    class Signing {
        @ParameterizedTest
        @Requirement({"9068-2.1-02", "9068-2.1-03"})
        @ValueSource(strings = {"none", "NONE", "HS256", "HS512", "es256", "RS1"})
        void with_none_or_a_mac_is_refused(String algorithm) {
            assertThat(faults(MINIMAL + "signing: {algorithm: " + algorithm + "}\n"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("signet.yaml:4: signing.algorithm: expected one of RS256, ");
        }

        @ParameterizedTest
        @Requirement("9068-2.1-03")
        @ValueSource(strings = {"ES256", "RS256", "PS512", "Ed25519"})
        void with_an_asymmetric_algorithm_is_accepted(String algorithm) {
            assertThat(read(MINIMAL + "signing: {algorithm: " + algorithm + "}\n")
                            .signing()
                            .algorithm()
                            .joseName())
                    .isEqualTo(algorithm);
        }

        @Test
        void with_files_names_every_one_that_is_no_use() throws IOException {
            Files.writeString(
                    folder.resolve("rsa.pem"), Pkcs8.pem(key(JwsAlgorithm.RS256).toPrivateJwk()));
            Files.writeString(folder.resolve("text.pem"), "text");
            assertThat(faults(MINIMAL + "signing: {algorithm: ES256, keys: [rsa.pem, none.pem, text.pem]}\n"))
                    .satisfiesExactly(
                            fault -> assertThat(fault)
                                    .startsWith("signet.yaml:4: signing.keys[0]: no key for ES256 in that file: "),
                            fault -> assertThat(fault)
                                    .isEqualTo("signet.yaml:4: signing.keys[1]: there is no such file"),
                            fault -> assertThat(fault)
                                    .isEqualTo(
                                            "signet.yaml:4: signing.keys[2]: no key for ES256 in that file: no PEM block found"),
                            fault -> assertThat(fault).startsWith("signet.yaml:4: signing.keys: expected PEM files"));
        }
    }

    @Nested
    @Requirement("D-13")
    class Formats_of_tokens {
        private static final String RESOURCE = """
                issuer: http://localhost:8080
                store: {url: "jdbc:h2:file:./data/signet"}
                resources: [{resource: "https://api.example.com", %s}]
                """;

        private String jwk() {
            return key(JwsAlgorithm.ES256).verificationKey().toJwk().toBuilder()
                    .remove("alg")
                    .put("use", "enc")
                    .build()
                    .toJson();
        }

        private ProtectedResource resource(String keys) {
            return read(RESOURCE.formatted(keys))
                    .parties()
                    .resources()
                    .all()
                    .iterator()
                    .next();
        }

        private void isRefused(String keys, String... expected) {
            assertThat(faults(RESOURCE.formatted(keys)))
                    .containsExactly(Stream.of(expected)
                            .map(fault -> "signet.yaml:3: resources[0]" + fault)
                            .toArray(String[]::new));
        }

        @Test
        void are_jwts_unless_the_file_says_otherwise() {
            assertThat(resource("scopes: [a]").tokenFormat()).isEqualTo(TokenFormat.jwt());
            assertThat(resource("token_format: jwt").tokenFormat()).isEqualTo(TokenFormat.jwt());
            assertThat(resource("token_format: opaque").tokenFormat()).isEqualTo(TokenFormat.opaque());
            isRefused("token_format: JWT", ".token_format: expected jwt, encrypted_jwt or opaque");
        }

        @Test
        @Requirement("9068-6-02")
        void are_encrypted_to_a_key_in_the_file_or_beside_it() throws IOException {
            Files.writeString(
                    folder.resolve("api.pem"),
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(key(JwsAlgorithm.ES384)
                                            .verificationKey()
                                            .publicKey()
                                            .getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
            assertThat(resource("token_format: encrypted_jwt, encryption: {algorithm: ECDH-ES, jwk: " + jwk() + "}")
                            .tokenFormat())
                    .hasToString("Encrypted[encrypter=JwtEncrypter[alg=ECDH-ES, enc=A256GCM]]");
            assertThat(resource("token_format: encrypted_jwt, encryption: {algorithm: ECDH-ES+A128KW,"
                                    + " content_encryption: A128CBC-HS256, key_file: api.pem}")
                            .tokenFormat())
                    .hasToString("Encrypted[encrypter=JwtEncrypter[alg=ECDH-ES+A128KW, enc=A128CBC-HS256]]");
        }

        @Test
        void are_never_encrypted_by_halves() {
            isRefused(
                    "token_format: encrypted_jwt",
                    ".encryption: is missing: expected algorithm, and jwk or key_file of the resource server");
            isRefused(
                    "encryption: {algorithm: ECDH-ES, jwk: " + jwk() + "}",
                    ".encryption: is for token_format encrypted_jwt only");
            isRefused(
                    "token_format: encrypted_jwt, encryption: {jwk: " + jwk() + "}",
                    ".encryption.algorithm: is missing: expected one of RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW,"
                            + " ECDH-ES+A256KW");
            isRefused(
                    "token_format: encrypted_jwt, encryption: {algorithm: ECDH-ES}",
                    ".encryption: expected one of jwk and key_file");
            isRefused(
                    "token_format: encrypted_jwt, encryption: {algorithm: ECDH-ES, key_file: none.pem}",
                    ".encryption.key_file: there is no such file");
            isRefused(
                    "token_format: encrypted_jwt, encryption: {algorithm: RSA1_5, content_encryption: A192GCM, jwk: "
                            + jwk() + "}",
                    ".encryption.algorithm: expected one of RSA-OAEP-256, ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A256KW",
                    ".encryption.content_encryption: expected one of A256GCM, A128GCM, A256CBC-HS512, A128CBC-HS256");
            isRefused(
                    "token_format: encrypted_jwt, encryption: {algorithm: RSA-OAEP-256, jwk: " + jwk() + "}",
                    ".encryption.jwk: no public key for RSA-OAEP-256: the key does not fit RSA-OAEP-256");
        }

        @Test
        void are_encrypted_to_public_keys_alone_and_no_other_is_repeated() {
            SigningKey key = key(JwsAlgorithm.ES256);
            String jwk = key.toPrivateJwk().toBuilder().remove("alg").build().toJson();
            isRefused(
                    "token_format: encrypted_jwt, encryption: {algorithm: ECDH-ES, jwk: " + jwk + "}",
                    ".encryption.jwk: no public key for ECDH-ES: the JWK has private members where a public key is"
                            + " expected");
        }

        @Test
        @Requirement({"9068-2.1-02", "9068-2.1-03", "9068-2.1-04"})
        void are_signed_with_the_algorithm_of_the_resource() {
            assertThat(resource("signing_algorithm: RS256").signingAlgorithm()).hasValue(JwsAlgorithm.RS256);
            Settings settings = read(RESOURCE.formatted("signing_algorithm: RS256"));
            assertThat(settings.signing().algorithms())
                    .containsExactlyInAnyOrder(JwsAlgorithm.ES256, JwsAlgorithm.RS256);
            for (String none : List.of("none", "HS256")) {
                assertThat(faults(RESOURCE.formatted("signing_algorithm: " + none)))
                        .singleElement()
                        .asString()
                        .startsWith("signet.yaml:3: resources[0].signing_algorithm: expected one of RS256, ");
            }
            isRefused(
                    "token_format: opaque, signing_algorithm: RS256",
                    ".signing_algorithm: is given, though opaque tokens are not signed");
        }

        @Test
        void have_a_key_of_each_algorithm_if_keys_are_files() throws IOException {
            Files.writeString(
                    folder.resolve("ec.pem"), Pkcs8.pem(key(JwsAlgorithm.ES256).toPrivateJwk()));
            Files.writeString(
                    folder.resolve("ed.pem"),
                    Pkcs8.pem(key(JwsAlgorithm.Ed25519).toPrivateJwk()));
            String yaml = RESOURCE.formatted("signing_algorithm: Ed25519");
            assertThat(read(yaml + "signing: {keys: [ed.pem, ec.pem]}\n")
                            .signing()
                            .keys())
                    .extracting(SigningKey::algorithm)
                    .containsExactly(JwsAlgorithm.Ed25519, JwsAlgorithm.ES256);
            assertThat(faults(yaml + "signing: {keys: [ec.pem]}\n"))
                    .containsExactly("signet.yaml:4: signing.keys: none is for Ed25519: each key is for the first of"
                            + " ES256, Ed25519 that it fits");
        }
    }

    @Nested
    class Store {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "jdbc:h2:mem:x|expected jdbc:h2:file:… or jdbc:postgresql://…",
                    "jdbc:h2:file:|expected jdbc:h2:file:… or jdbc:postgresql://…",
                    "jdbc:h2:file:./x;WRITE_DELAY=500|expected no settings after the file's name: those it needs are given by us",
                    "jdbc:h2:file:~/x|expected the file's name written out, without ~",
                    "jdbc:postgresql://db/x?password=secret|expected no password in the URL: store.password is the place for it",
                    "jdbc:postgresql://u:secret@db/x|expected no password in the URL: store.password is the place for it"
                })
        void another_address_is_refused(String url, String expected) {
            assertThat(faults(MINIMAL.replace("jdbc:h2:file:./data/signet", url)))
                    .containsExactly("signet.yaml:2: store.url: " + expected);
        }

        @Test
        void postgresql_needs_an_encryption_key_that_all_nodes_share() {
            String yaml = MINIMAL.replace("jdbc:h2:file:./data/signet", "jdbc:postgresql://db/x");
            assertThat(faults(yaml))
                    .containsExactly(
                            "signet.yaml:1: encryption: is missing: expected key or key_file, with base64 of 32"
                                    + " random bytes that every node shares");
            String key = Base64.getEncoder().encodeToString(new byte[32]);
            assertThat(read(yaml + "encryption: {key: \"" + key + "\"}\n")
                            .store()
                            .isEmbedded())
                    .isFalse();
        }

        @Test
        void an_encryption_key_has_32_bytes_and_one_place() throws IOException {
            Files.writeString(folder.resolve("short.key"), "AAAA\n");
            assertThat(faults(MINIMAL + "encryption: {key: AAAA, key_file: short.key}\n"))
                    .containsExactly(
                            "signet.yaml:4: encryption.key: expected base64 of 32 random bytes",
                            "signet.yaml:4: encryption.key_file: expected the file to hold base64 of 32 random bytes",
                            "signet.yaml:4: encryption: expected one of key and key_file");
        }
    }

    @Nested
    class Resources_and_clients {
        @Test
        @Requirement("9068-5-03")
        void two_resources_have_two_identifiers() {
            assertThat(faults("""
                            issuer: http://localhost:8080
                            store: {url: "jdbc:h2:file:./signet"}
                            resources:
                              - {resource: "https://api.example.com"}
                              - {resource: "https://api.example.com"}
                            """))
                    .containsExactly("signet.yaml:3: resources: two resources are https://api.example.com");
        }

        @Test
        void two_clients_have_two_identifiers() {
            String client = "  - {client_id: shop, client_secret: \"" + SECRET
                    + "\", token_endpoint_auth_method: client_secret_basic, grant_types: [client_credentials]}\n";
            assertThat(faults(MINIMAL + "clients:\n" + client + client))
                    .containsExactly("signet.yaml:6: clients[1].client_id: is given to another client above");
        }

        @Test
        @Requirement("D-25")
        void a_resource_server_answers_for_resources_of_the_file() {
            String yaml = MINIMAL
                    + "clients:\n  - {client_id: api, token_endpoint_auth_method: client_secret_basic, client_secret: "
                    + "s".repeat(32) + ", resource_server_for: [\"https://api.example.com\"%s]}\n";
            assertThat(read(yaml.formatted("")).parties().clients())
                    .singleElement()
                    .satisfies(client -> assertThat(client.resourceServerFor())
                            .containsExactly(new ResourceIndicator("https://api.example.com")));
            assertThat(faults(yaml.formatted(", \"https://api.example.com/typo\"")))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "clients[0].resource_server_for: is not among the resources: https://api.example.com/typo");
        }

        @Test
        @Requirement({"9701-6-01", "D-41"})
        void answers_about_tokens_are_signed_with_what_the_server_has_keys_for() {
            String yaml = MINIMAL
                    + "clients:\n  - {client_id: api, token_endpoint_auth_method: client_secret_basic, client_secret: "
                    + "s".repeat(32) + ", resource_server_for: [\"https://api.example.com\"],"
                    + " introspection_signed_response_alg: %s}\n";
            assertThat(read(yaml.formatted("ES256")).parties().clients())
                    .singleElement()
                    .satisfies(client ->
                            assertThat(client.introspectionSigningAlgorithm()).contains(JwsAlgorithm.ES256));
            assertThat(faults(yaml.formatted("PS256")))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "clients[0].introspection_signed_response_alg: PS256 is not among the algorithms that this"
                                    + " server signs with");
            assertThat(faults(yaml.formatted("ES256, introspection_encrypted_response_enc: A256GCM")))
                    .singleElement()
                    .asString()
                    .endsWith("clients[0].introspection_encrypted_response_enc: is given without"
                            + " introspection_encrypted_response_alg");
        }

        @Test
        @Requirement({"6749-6-06", "D-29"})
        void refresh_tokens_end_after_times_of_their_own() {
            assertThat(read(MINIMAL).refreshTokens()).isEqualTo(RefreshTokenLifetimes.STANDARD);
            assertThat(read(MINIMAL + "refresh_tokens: {idle: 8h, absolute: 30d}\n")
                            .refreshTokens())
                    .isEqualTo(new RefreshTokenLifetimes(Duration.ofHours(8), Duration.ofDays(30)));
            assertThat(faults(MINIMAL + "refresh_tokens: {idle: 59s, absolute: 3651d, rotate: true}\n"))
                    .satisfiesExactlyInAnyOrder(
                            fault ->
                                    assertThat(fault).endsWith("refresh_tokens.idle: expected a time from 1m to 3650d"),
                            fault -> assertThat(fault)
                                    .endsWith("refresh_tokens.absolute: expected a time from 1m to 3650d"),
                            fault -> assertThat(fault)
                                    .endsWith("refresh_tokens.rotate: unknown key: expected one of idle, absolute"));
            assertThat(faults(MINIMAL + "refresh_tokens: {idle: 2d, absolute: 1d}\n"))
                    .singleElement()
                    .asString()
                    .endsWith("refresh_tokens.idle: expected a time that is not longer than absolute");
            assertThat(faults(MINIMAL + "refresh_tokens: {absolute: 1d}\n"))
                    .singleElement()
                    .asString()
                    .endsWith("refresh_tokens.idle: expected a time that is not longer than absolute");
        }

        @Test
        @Requirement("D-44")
        void revocation_may_be_switched_off_and_bounded() {
            assertThat(read(MINIMAL + "revocation: {allow_irrevocable_access_tokens: true, in_memory: 5}\n")
                            .revocation())
                    .isEqualTo(new RevocationSettings(true, 5));
            assertThat(faults(MINIMAL + "revocation: {in_memory: 0}\n"))
                    .singleElement()
                    .asString()
                    .contains("revocation.in_memory: expected a whole number from 1 to 100000000");
        }

        @Test
        @Requirement("OIDC-9-07")
        void a_secret_that_macs_are_keyed_with_is_as_long_as_the_hash() {
            String client = "clients:\n  - {client_id: shop, client_secret: \"%s\","
                    + " token_endpoint_auth_method: client_secret_jwt, token_endpoint_auth_signing_alg: HS512,"
                    + " grant_types: [client_credentials]}\n";
            assertThat(faults(MINIMAL + client.formatted("s".repeat(63))))
                    .containsExactly("signet.yaml:5: clients[0].client_secret: is too short for HS512");
            assertThat(read(MINIMAL + client.formatted("s".repeat(64)))
                            .parties()
                            .clients())
                    .hasSize(1);
        }

        @Test
        void a_private_key_among_the_public_ones_is_refused() {
            String jwks = "{keys: [" + key(JwsAlgorithm.ES256).toPrivateJwk().toJson() + "]}";
            assertThat(faults(MINIMAL + "clients:\n  - {client_id: r, token_endpoint_auth_method: private_key_jwt,"
                            + " grant_types: [client_credentials], jwks: " + jwks + "}\n"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("signet.yaml:5: clients[0].jwks: ")
                    .contains("private members");
        }
    }

    /** What could never work, told once, where it stands. */
    @Nested
    class Places {
        private static final String SHOP = "  - {client_id: shop, token_endpoint_auth_method: %s, client_secret: "
                + SECRET + ", grant_types: [%s]%s}\n";

        @Test
        void what_contradicts_between_resources_is_told_at_the_resources() {
            String head = "issuer: http://localhost:8080\nstore: {url: \"jdbc:h2:file:./signet\"}\n";
            assertThat(faults(head + "resources: []\n"))
                    .containsExactly("signet.yaml:3: resources: there is no resource");
            assertThat(faults(head + "resources: [{resource: \"urn:a\", default: true},"
                            + " {resource: \"urn:b\", default: true}]\n"))
                    .containsExactly("signet.yaml:3: resources: more than one resource is the default: urn:a, urn:b");
        }

        @Test
        void a_client_id_given_twice_is_told_beside_other_faults() {
            assertThat(faults(MINIMAL + "clients:\n" + SHOP.formatted("client_secret_basic", "client_credentials", "")
                            + SHOP.formatted("client_secret_basic", "password", "")))
                    .satisfiesExactly(
                            fault -> assertThat(fault)
                                    .isEqualTo("signet.yaml:6: clients[1].client_id: is given to another client above"),
                            fault -> assertThat(fault)
                                    .startsWith("signet.yaml:6: clients[1].grant_types: has an unsupported value"));
        }

        @Test
        void a_member_that_cannot_be_read_is_not_missing_as_well() {
            assertThat(faults(MINIMAL + "clients:\n" + SHOP.formatted("magic", "client_credentials", "")
                            + "  - {client_id: r, grant_types: client_credentials, jwks: x}\n"
                            + "  - {client_id: s, token_endpoint_auth_method: private_key_jwt, grant_types:"
                            + " [client_credentials], jwks: {keys: x}}\n"
                            + "  - {client_id: t, token_endpoint_auth_method: client_secret_post, grant_types:"
                            + " [client_credentials], client_secret: 12345}\n"))
                    .containsExactly(
                            "signet.yaml:5: clients[0].token_endpoint_auth_method: is not supported",
                            "signet.yaml:6: clients[1].grant_types: is not an array of strings",
                            "signet.yaml:6: clients[1].jwks: is not an object",
                            "signet.yaml:7: clients[2].jwks: not a JWK Set: keys is not an array",
                            "signet.yaml:8: clients[3].client_secret: is not text (numbers, true and false need quotes)");
        }

        @Test
        void a_number_is_no_client_id_without_quotes() {
            String client = "clients:\n" + SHOP.formatted("client_secret_basic", "client_credentials", "");
            assertThat(faults(MINIMAL + client.replace("client_id: shop", "client_id: 123")))
                    .containsExactly(
                            "signet.yaml:5: clients[0].client_id: is not text (numbers, true and false need quotes)");
            assertThat(read(MINIMAL + client.replace("client_id: shop", "client_id: '123'"))
                            .parties()
                            .clients())
                    .hasSize(1);
        }

        @Test
        void two_keys_with_one_kid_could_never_be_told_apart() {
            SigningKey key = key(JwsAlgorithm.ES256);
            String jwks = JwkSet.of(List.of(
                            key.verificationKey(), key(JwsAlgorithm.ES256).verificationKey()))
                    .toJson()
                    .replaceAll("\"kid\":\"[^\"]*\"", "\"kid\":\"k\"");
            String told = ": two keys have one kid: whatever names it would be refused";
            assertThat(faults(MINIMAL + "clients:\n  - {client_id: r, grant_types: [client_credentials], jwks: " + jwks
                            + "}\ntrusted_issuers:\n  - {issuer: ci, subjects: [a], jwks: " + jwks + "}\n"))
                    .containsExactly(
                            "signet.yaml:5: clients[0].jwks" + told, "signet.yaml:7: trusted_issuers[0].jwks" + told);
        }

        @Test
        void a_host_that_may_be_called_is_told_by_its_place() {
            assertThat(faults(MINIMAL + "outbound: {allow_hosts: [a.example, \"https://u:p@b.example\"]}\n"))
                    .containsExactly("signet.yaml:4: outbound.allow_hosts[1]: expected a host or host:port");
        }
    }

    @Nested
    class Trusted_issuers {
        private static final String ISSUER = "trusted_issuers:\n  - {issuer: \"https://ci.example.com\", jwks: %s%s}\n";

        @Test
        void must_say_for_whom_they_speak() {
            String jwks = jwks(key(JwsAlgorithm.ES256));
            assertThat(faults(MINIMAL + ISSUER.formatted(jwks, "")))
                    .containsExactly(
                            "signet.yaml:5: trusted_issuers[0]: expected subjects, or allow_any_subject: true when"
                                    + " the issuer may speak for anybody");
            assertThat(faults(MINIMAL + ISSUER.formatted(jwks, ", subjects: [a], allow_any_subject: true")))
                    .hasSize(1);
            assertThat(read(MINIMAL + ISSUER.formatted(jwks, ", allow_any_subject: true"))
                            .parties()
                            .trustedIssuers()
                            .isEmpty())
                    .isFalse();
        }

        @Test
        void are_named_once() {
            String one = ISSUER.formatted(jwks(key(JwsAlgorithm.ES256)), ", subjects: [a]");
            assertThat(faults(MINIMAL + one + one.replaceFirst("trusted_issuers:\n", "")))
                    .containsExactly("signet.yaml:6: trusted_issuers[1].issuer: is trusted above already");
        }

        @Test
        void have_keys_that_can_be_read_and_no_mac() {
            assertThat(faults(MINIMAL
                            + ISSUER.formatted(
                                    "{keys: [{kty: oct, k: AAAA}]}", ", subjects: [a], algorithms: [HS256, XX]")))
                    .satisfiesExactly(
                            fault -> assertThat(fault).startsWith("signet.yaml:5: trusted_issuers[0].jwks: "),
                            fault -> assertThat(fault)
                                    .isEqualTo(
                                            "signet.yaml:5: trusted_issuers[0].algorithms[1]: expected a JWS algorithm such"
                                                    + " as ES256"));
        }
    }
}
