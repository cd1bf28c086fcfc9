package dev.signet.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.signet.client.discovery.DiscoveryOutcome.Discarded;
import dev.signet.client.discovery.DiscoveryOutcome.Found;
import dev.signet.client.discovery.DiscoveryOutcome.Unreachable;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource and its authorization server, both real, at one address of this machine. */
class ResourceDiscoveryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String RESOURCE_METADATA = "/.well-known/oauth-protected-resource/orders";
    private static final String SERVER_METADATA = "/.well-known/oauth-authorization-server";
    private static final SigningKey SIGNER =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());

    private final Map<String, JsonObject> documents = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer http;
    private String origin;
    private String resource;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            JsonObject document = documents.get(exchange.getRequestURI().toString());
            byte[] body = (document == null ? "{}" : document.toJson()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(document == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        origin = "http://localhost:" + http.getAddress().getPort();
        resource = origin + "/orders";
        documents.put(RESOURCE_METADATA, resourceMetadata());
        documents.put(SERVER_METADATA, serverMetadata());
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private JsonObject resourceMetadata() {
        return JsonObject.builder()
                .put("resource", resource)
                .put("authorization_servers", List.of("https://elsewhere.example.com", origin))
                .put("scopes_supported", List.of("orders.read"))
                .build();
    }

    private JsonObject serverMetadata() {
        return JsonObject.builder()
                .put("issuer", origin)
                .put("token_endpoint", origin + "/token")
                .build();
    }

    private void change(String path, UnaryOperator<JsonObject.Builder> change) {
        documents.compute(
                path, (key, document) -> change.apply(document.toBuilder()).build());
    }

    private ResourceDiscovery.Builder builder() {
        return ResourceDiscovery.builder(Set.of(Issuer.of(origin))::contains)
                .outbound(OutboundHttp.builder()
                        .allowHosts(Set.of(origin.substring("http://".length())))
                        .build())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private DiscoveryOutcome discover(ResourceDiscovery.Builder builder) {
        return builder.build().discover(new ResourceIndicator(resource));
    }

    private static String challenge(String location) {
        return "Bearer realm=\"orders\", resource_metadata=\"" + location + "\"";
    }

    private DiscoveryOutcome answer(ResourceDiscovery.Builder builder, String requested, String location) {
        return builder.build().answer(URI.create(requested), List.of(challenge(location)));
    }

    @Nested
    @DisplayName("RFC 9728 §3: a resource whose identifier is known")
    class Known {

        @Test
        @Requirement({"9728-3.3-01", "9728-7.4-01", "8414-3.1-01"})
        void leads_to_its_authorization_server_and_a_token_for_it_alone() {
            DiscoveryOutcome outcome = discover(builder());

            assertThat(outcome).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.issuer()).isEqualTo(Issuer.of(origin));
                assertThat(found.resource().scopesSupported()).containsExactly("orders.read");
                assertThat(found.contradicted()).isFalse();
                assertThat(found.clientCredentials().resource()).contains(new ResourceIndicator(resource));
            });
            assertThat(asked).containsExactly(RESOURCE_METADATA, SERVER_METADATA);
        }

        @Test
        @Requirement("9728-3.3-01")
        void is_discarded_if_it_calls_itself_otherwise_and_nobody_else_is_asked() {
            change(RESOURCE_METADATA, document -> document.put("resource", origin + "/other"));

            assertThat(discover(builder())).isInstanceOf(Discarded.class);
            assertThat(asked).containsExactly(RESOURCE_METADATA);
        }

        @Test
        void is_out_of_reach_without_a_document() {
            documents.clear();
            assertThat(discover(builder())).isInstanceOf(Unreachable.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"urn:orders", "http://api.example.com/orders", "https://user@api.example.com/"})
        void is_a_url_that_can_have_metadata(String other) {
            assertThat(builder().build().discover(new ResourceIndicator(other))).isInstanceOf(Discarded.class);
            assertThat(asked).isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 9728 §5: a resource that challenges")
    class Challenges {

        @Test
        @Requirement("9728-3.3-02")
        void is_the_very_url_that_was_requested() {
            assertThat(answer(builder(), resource, origin + RESOURCE_METADATA)).isInstanceOf(Found.class);
            assertThat(answer(builder(), resource + "/17", origin + RESOURCE_METADATA))
                    .isInstanceOf(Discarded.class);
            assertThat(answer(builder(), resource + "?page=2", origin + RESOURCE_METADATA))
                    .isInstanceOf(Discarded.class);
        }

        @Test
        @Requirement({"9728-3.3-02", "D-36"})
        void may_be_the_beginning_of_that_url_where_this_is_allowed() {
            for (String below : List.of(resource, resource + "/17", resource + "/17/lines?page=2")) {
                assertThat(answer(builder().allowResourcePrefix(true), below, origin + RESOURCE_METADATA))
                        .as(below)
                        .isInstanceOf(Found.class);
            }
            for (String beside : List.of(
                    resource + "s",
                    origin + "/stock",
                    origin + "/",
                    resource + "/../stock",
                    resource + "/%2e%2E/stock",
                    resource + "/%2e./stock",
                    resource + "/..;x/stock",
                    resource + "/..%2Fstock",
                    resource + "/..%5cstock",
                    resource + "/17/%2E%2e",
                    origin)) {
                assertThat(answer(builder().allowResourcePrefix(true), beside, origin + RESOURCE_METADATA))
                        .as(beside)
                        .isInstanceOf(Discarded.class);
            }
        }

        @Test
        @Requirement("D-36")
        void has_its_metadata_where_that_beginning_puts_it() {
            documents.put("/elsewhere", resourceMetadata());

            assertThat(answer(builder().allowResourcePrefix(true), resource + "/17", origin + "/elsewhere"))
                    .isInstanceOf(Discarded.class);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        @Requirement({"9728-3.3-02", "D-36", "9728-7.7-01"})
        void points_to_its_own_origin(boolean prefix) {
            String elsewhere = "https://api.example.com" + RESOURCE_METADATA;

            assertThat(answer(builder().allowResourcePrefix(prefix), resource, elsewhere))
                    .isInstanceOf(Discarded.class);
            assertThat(asked).isEmpty();
        }

        @Test
        @Requirement("9728-5.2-01")
        void is_asked_anew_at_each_challenge() {
            ResourceDiscovery discovery = builder().build();
            List<String> authenticate = List.of(challenge(origin + RESOURCE_METADATA));
            assertThat(discovery.answer(URI.create(resource), authenticate))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.resource().scopesSupported())
                                    .containsExactly("orders.read"));

            change(RESOURCE_METADATA, document -> document.put("scopes_supported", List.of("orders.write")));
            assertThat(discovery.answer(URI.create(resource), authenticate))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.resource().scopesSupported())
                                    .containsExactly("orders.write"));
            change(RESOURCE_METADATA, document -> document.put("resource", origin + "/other"));
            assertThat(discovery.answer(URI.create(resource), authenticate)).isInstanceOf(Discarded.class);
        }

        /** Who logs the outcome must not have its lines written by whom it is about. */
        @Test
        void is_discarded_in_our_own_words() {
            String planted = "evil\r\nline";
            for (UnaryOperator<JsonObject.Builder> change : List.<UnaryOperator<JsonObject.Builder>>of(
                    document -> document.put("resource", planted),
                    document -> document.put("resource_name#" + planted, ""),
                    document -> document.put("resource_name#" + planted, "Orders"),
                    document -> document.put("resource_name#" + planted, 5),
                    document -> document.put("jwks_uri", planted),
                    document -> document.put("bearer_methods_supported", List.of(planted)),
                    document -> document.put("authorization_servers", List.of(planted)))) {
                documents.put(RESOURCE_METADATA, resourceMetadata());
                change(RESOURCE_METADATA, change);
                for (boolean prefix : new boolean[] {false, true}) {
                    assertThat(answer(builder().allowResourcePrefix(prefix), resource, origin + RESOURCE_METADATA))
                            .isInstanceOfSatisfying(
                                    Discarded.class,
                                    discarded -> assertThat(discarded.detail()).doesNotContain("evil"));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"#part", "/a b", "/é"})
        void is_no_reason_to_fail_whatever_was_requested(String odd) {
            URI requested = URI.create(origin).resolve("/orders").resolve(odd.replace(" ", "%20"));
            assertThat(builder().build().answer(requested, List.of(challenge(origin + RESOURCE_METADATA))))
                    .isInstanceOf(Discarded.class);
        }

        @Test
        void points_somewhere_and_to_one_place() {
            ResourceDiscovery discovery = builder().build();
            String here = challenge(origin + RESOURCE_METADATA);
            for (List<String> authenticate : List.of(
                    List.<String>of(),
                    List.of("Bearer realm=\"orders\""),
                    List.of(here, challenge(origin + "/elsewhere")),
                    List.of(challenge("not a url")),
                    List.of(challenge("/relative")))) {
                assertThat(discovery.answer(URI.create(resource), authenticate)).isInstanceOf(Discarded.class);
            }
            assertThat(asked).isEmpty();
            assertThat(discovery.answer(URI.create(resource), List.of("Basic realm=x", here, here)))
                    .isInstanceOf(Found.class);
        }
    }

    @Nested
    @DisplayName("RFC 9728 §4, §7.7: whom it leads to")
    class AuthorizationServers {

        @Test
        @Requirement("9728-7.7-01")
        void is_expected() {
            change(
                    RESOURCE_METADATA,
                    document -> document.put("authorization_servers", List.of("https://elsewhere.example.com")));
            assertThat(discover(builder())).isInstanceOf(Discarded.class);
            assertThat(asked).containsExactly(RESOURCE_METADATA);
        }

        @Test
        @Requirement("9728-7.7-01")
        void is_at_no_internal_address_whatever_is_expected() {
            change(
                    RESOURCE_METADATA,
                    document -> document.put("authorization_servers", List.of("https://127.0.0.1:8443")));
            ResourceDiscovery.Builder any = ResourceDiscovery.builder(issuer -> true)
                    .outbound(OutboundHttp.builder()
                            .allowHosts(Set.of(origin.substring("http://".length())))
                            .build());
            assertThat(discover(any)).isInstanceOf(Discarded.class);
        }

        @Test
        void is_named() {
            change(RESOURCE_METADATA, document -> document.remove("authorization_servers"));
            assertThat(discover(builder())).isInstanceOf(Discarded.class);
        }

        @Test
        @Requirement("9728-4-01")
        void may_list_its_resources() {
            change(SERVER_METADATA, document -> document.put("protected_resources", List.of(resource)));
            assertThat(discover(builder().requireListing(true)))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.contradicted()).isFalse());

            change(SERVER_METADATA, document -> document.put("protected_resources", List.of(origin + "/stock")));
            assertThat(discover(builder()))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.contradicted()).isTrue());
            assertThat(discover(builder().requireListing(true))).isInstanceOf(Discarded.class);
        }

        @Test
        void is_who_it_says_it_is() {
            change(SERVER_METADATA, document -> document.put("issuer", "https://elsewhere.example.com"));
            assertThat(discover(builder())).isInstanceOf(Discarded.class);
            documents.remove(SERVER_METADATA);
            assertThat(discover(builder())).isInstanceOf(Unreachable.class);
        }
    }

    @Nested
    @DisplayName("RFC 9728 §2.2: signed metadata")
    class Signed {

        private ResourceDiscovery.Builder trusting() {
            return builder()
                    .signedBy(
                            "https://signer.example.com",
                            KeySource.of(JwkSet.of(List.of(SIGNER.verificationKey()))),
                            Set.of(JwsAlgorithm.ES256));
        }

        private JsonObject.Builder claims() {
            return JsonObject.builder()
                    .put("iss", "https://signer.example.com")
                    .put("resource", resource)
                    .put("scopes_supported", List.of("orders.signed"));
        }

        private DiscoveryOutcome with(JsonObject claims, ResourceDiscovery.Builder builder) {
            return with(JwtSigner.of(SIGNER, "JWT").sign(claims), builder);
        }

        private DiscoveryOutcome with(String jwt, ResourceDiscovery.Builder builder) {
            change(RESOURCE_METADATA, document -> document.put("signed_metadata", jwt));
            return discover(builder);
        }

        @Test
        @Requirement({"9728-2.2-01", "9728-3.3-03"})
        void goes_before_what_is_not_signed() {
            assertThat(with(claims().build(), trusting()))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.resource().scopesSupported())
                                    .containsExactly("orders.signed"));
        }

        @Test
        @Requirement("9728-2.2-01")
        void is_ignored_unless_a_signer_is_trusted() {
            assertThat(with("not.a.jwt", builder()))
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.resource().scopesSupported())
                                    .containsExactly("orders.read"));
        }

        @Test
        @Requirement({"9728-2.2-01", "9728-3.3-03"})
        void is_signed_by_the_signer_and_holds_no_other() {
            long now = NOW.getEpochSecond();
            for (JsonObject claims : List.of(
                    claims().put("iss", "https://elsewhere.example.com").build(),
                    claims().remove("iss").build(),
                    claims().put("signed_metadata", "a.b.c").build(),
                    claims().put("resource", origin + "/other").build(),
                    claims().remove("resource").build(),
                    claims().put("exp", now).build(),
                    claims().put("exp", "later").build(),
                    claims().put("nbf", now + 1).build())) {
                assertThat(with(claims, trusting())).as(claims.toJson()).isInstanceOf(Discarded.class);
            }
            assertThat(with(claims().put("exp", now + 1).put("nbf", now).build(), trusting()))
                    .isInstanceOf(Found.class);
        }

        /** Who can change the document can take a member out of it, too. */
        @Test
        @Requirement("9728-2.2-01")
        void must_be_there_where_a_signer_is_trusted() {
            assertThat(discover(trusting())).isInstanceOf(Discarded.class);
            assertThat(answer(trusting(), resource, origin + RESOURCE_METADATA)).isInstanceOf(Discarded.class);
            assertThat(asked).doesNotContain(SERVER_METADATA);
            with(claims().build(), trusting());
            assertThat(answer(trusting(), resource, origin + RESOURCE_METADATA)).isInstanceOf(Found.class);
        }

        @Test
        @Requirement("9728-3.3-03")
        void has_a_good_signature_of_an_agreed_algorithm_and_is_no_other_jwt() {
            SigningKey other = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
            JsonObject claims = claims().build();
            for (String jwt : List.of(
                    JwtSigner.of(other, "JWT").sign(claims),
                    JwtSigner.of(SIGNER, "at+jwt").sign(claims),
                    "not.a.jwt")) {
                assertThat(with(jwt, trusting())).isInstanceOf(Discarded.class);
            }
            change(RESOURCE_METADATA, document -> document.put("signed_metadata", 1));
            assertThat(discover(trusting())).isInstanceOf(Discarded.class);
            assertThat(asked).doesNotContain(SERVER_METADATA);
        }

        @Test
        void is_not_judged_while_the_keys_cannot_be_had() {
            KeySource gone = (jwt, allowed) -> {
                throw new KeysUnavailableException("gone", new IOException("gone"));
            };
            assertThat(with(
                            claims().build(),
                            builder().signedBy("https://signer.example.com", gone, Set.of(JwsAlgorithm.ES256))))
                    .isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void everything_missing_is_named_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceDiscovery.builder(issuer -> true)
                        .signedBy("signer", KeySource.of(JwkSet.empty()), Set.of(JwsAlgorithm.HS256))
                        .build())
                .withMessageContainingAll("outbound", "algorithms of the signer");
    }
}
