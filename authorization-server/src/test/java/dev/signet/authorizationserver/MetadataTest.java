package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.testkit.Requirement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {

    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    private final Fixture fixture = Fixture.standard();

    @Nested
    @DisplayName("RFC 8414 §3, OpenID Connect Discovery §4: where it is")
    class Place {

        @ParameterizedTest
        @CsvSource({
            "https://as.example.com," + OAUTH + "," + OPENID + "," + OPENID + ",/token,/jwks",
            "https://as.example.com/," + OAUTH + "," + OPENID + "," + OPENID + ",/token,/jwks",
            "https://as.example.com/a/b," + OAUTH + "/a/b,/a/b" + OPENID + "," + OPENID + "/a/b,/a/b/token,/a/b/jwks",
            "https://as.example.com/a/," + OAUTH + "/a,/a" + OPENID + "," + OPENID + "/a,/a/token,/a/jwks"
        })
        @Requirement({"8414-3-01", "8414-3-02", "8414-C-01", "9068-4-02", "D-35", "9700-2.6-03"})
        void is_one_document_at_each_place(
                String issuer, String oauth, String openId, String inserted, String token, String jwks) {
            Fixture server = Fixture.with(builder -> builder.issuer(Issuer.of(issuer)));
            JsonObject document = server.get(oauth).json();
            assertThat(server.get(openId).json()).isEqualTo(document);
            assertThat(server.get(inserted).json()).isEqualTo(document);
            assertThat(document.requireString("issuer")).isEqualTo(issuer);
            assertThat(document.requireString("token_endpoint")).isEqualTo("https://as.example.com" + token);
            assertThat(document.requireString("jwks_uri")).isEqualTo("https://as.example.com" + jwks);
            assertThat(server.get(jwks).status()).isEqualTo(200);
            assertThat(server.get(token).status()).isEqualTo(405);
            AuthorizationServerMetadata.parse(document, Issuer.of(issuer));
        }

        @Test
        @Requirement("8414-6.2-01")
        void is_nowhere_else() {
            Fixture tenant = Fixture.with(builder -> builder.issuer(Issuer.of("https://as.example.com/a")));
            for (String path : List.of(OAUTH, OPENID, OAUTH + "/b", "/b" + OPENID, "/token", OAUTH + "/a/")) {
                tenant.get(path).isRefused(404, "invalid_request");
            }
        }

        @Test
        @Requirement("8414-3.2-01")
        void is_json_that_may_be_kept_for_a_while() {
            TestAnswer answer = fixture.get(OAUTH);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=300");
            ProtocolResponse head =
                    fixture.server.handle(ProtocolRequest.builder("HEAD", OAUTH).build());
            assertThat(head.status()).isEqualTo(200);
            TestAnswer post =
                    fixture.send(ProtocolRequest.builder("POST", OAUTH).build());
            post.isRefused(405, "invalid_request");
            assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Nested
    @DisplayName("RFC 8414 §2: what it says")
    class Content {

        @Test
        @Requirement({"8414-2-04", "8414-2-05", "8414-3.2-01", "9068-4-01", "7523b-3-01", "6749-2.3-03"})
        void is_what_is_enabled() {
            JsonObject document = fixture.get(OAUTH).json();
            assertThat(document.findStrings("grant_types_supported").orElseThrow())
                    .containsExactly("client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            assertThat(document.findStrings("token_endpoint_auth_methods_supported")
                            .orElseThrow())
                    .containsExactly(
                            "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt");
            assertThat(document.findStrings("token_endpoint_auth_signing_alg_values_supported")
                            .orElseThrow())
                    .containsExactlyInAnyOrder(
                            "ES256", "PS256", "Ed25519", "EdDSA", "RS256", "HS256", "HS384", "HS512");
            assertThat(document.findStrings("scopes_supported").orElseThrow())
                    .containsExactly("orders.read", "orders.write", "orders.admin", "stock.read");
            assertThat(document.has("authorization_endpoint")).isFalse();
            document.names()
                    .forEach(name ->
                            assertThat(document.find(name).orElseThrow()).isNotIn(JsonNull.NULL, List.of()));
        }

        @Test
        @Requirement("OIDD-3-02")
        void says_what_would_be_assumed_otherwise() {
            JsonObject document = fixture.get(OAUTH).json();
            for (String name : List.of(
                    "request_parameter_supported",
                    "request_uri_parameter_supported",
                    "require_request_uri_registration",
                    "require_signed_request_object",
                    "claims_parameter_supported")) {
                assertThat(document.findBoolean(name)).hasValue(false);
            }
        }

        @Test
        @Requirement("8725b-3.2-08")
        void names_the_fully_specified_algorithm_before_the_other() {
            assertThat(fixture.server.metadata().tokenEndpointAuthSigningAlgValuesSupported())
                    .containsSubsequence("Ed25519", "EdDSA");
        }

        @Test
        @Requirement({"8414-2-06", "8414-C-02"})
        void leaves_out_what_is_not_enabled() {
            Fixture small = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none())
                    .authenticationMethods(EnumSet.of(ClientAuthenticationMethod.CLIENT_SECRET_POST)));
            JsonObject document = small.get(OAUTH).json();
            assertThat(document.findStrings("grant_types_supported").orElseThrow())
                    .containsExactly("client_credentials");
            assertThat(document.findStrings("token_endpoint_auth_methods_supported")
                            .orElseThrow())
                    .containsExactly("client_secret_post");
            assertThat(document.has("token_endpoint_auth_signing_alg_values_supported"))
                    .isFalse();
            small.exchange(small.grantAssertion().compact()).send().isRefused(400, "unsupported_grant_type");
        }

        @Test
        @Requirement({"8414-2-04", "8414-2-05", "8414-2-06"})
        void names_the_endpoints_that_tokens_come_back_to_and_how_to_authenticate_there() {
            JsonObject document = fixture.get(OAUTH).json();
            for (String name : List.of("introspection", "revocation")) {
                assertThat(document.findStrings(name + "_endpoint_auth_methods_supported"))
                        .isEqualTo(document.findStrings("token_endpoint_auth_methods_supported"));
                assertThat(document.findStrings(name + "_endpoint_auth_signing_alg_values_supported"))
                        .isEqualTo(document.findStrings("token_endpoint_auth_signing_alg_values_supported"));
            }
            assertThat(document.requireString("introspection_endpoint")).isEqualTo("https://as.example.com/introspect");
            assertThat(document.requireString("revocation_endpoint")).isEqualTo("https://as.example.com/revoke");
            assertThat(fixture.introspection("any").send().status()).isEqualTo(401);
            assertThat(fixture.revocation("any").send().status()).isEqualTo(401);
        }

        @Test
        @Requirement({"8414-2-06", "8414-C-02"})
        void leaves_out_endpoints_that_have_no_store_or_nobody_to_answer() {
            JsonObject without =
                    Fixture.withoutRevocation(builder -> {}).get(OAUTH).json();
            JsonObject nobody = Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.of(List.of(
                                    JwtBearerGrantTest.open(Fixture.ci()).build())))
                            .authenticationMethods(EnumSet.of(ClientAuthenticationMethod.NONE)))
                    .get(OAUTH)
                    .json();
            for (JsonObject document : List.of(without, nobody)) {
                assertThat(document.names()).noneMatch(name -> name.matches("(introspection|revocation)_.*"));
            }
        }

        @Test
        @Requirement({"8414-2-06", "7662-2-01"})
        void offers_no_way_to_introspect_without_authentication() {
            AuthorizationServerMetadata open =
                    Fixture.withIssuer(JwtBearerGrantTest::open).server.metadata();
            assertThat(open.revocationEndpointAuthMethodsSupported()).contains("none");
            assertThat(open.introspectionEndpointAuthMethodsSupported()).doesNotContain("none");
        }

        @Test
        @Requirement({"8414-2-06", "8414-2-04"})
        void names_the_algorithms_that_are_accepted() {
            Fixture es256 = Fixture.with(builder -> builder.assertionAlgorithms(Set.of(JwsAlgorithm.ES256))
                    .authenticationMethods(EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
            assertThat(es256.server.metadata().tokenEndpointAuthSigningAlgValuesSupported())
                    .containsExactly("ES256");
        }

        @Test
        @Requirement("8414-2-06")
        void names_the_method_none_where_clients_may_go_without() {
            assertThat(Fixture.withIssuer(JwtBearerGrantTest::open)
                            .server
                            .metadata()
                            .tokenEndpointAuthMethodsSupported())
                    .contains("none");
        }
    }

    @Nested
    @DisplayName("RFC 7517 §5: the JWK Set")
    class Keys {

        @Test
        @Requirement({"8414-J-01", "8414-2-03"})
        void holds_public_members_only_and_may_be_kept_for_a_while() {
            TestAnswer answer = fixture.get("/jwks");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=300");
            List<JsonObject> keys = answer.json().findObjects("keys").orElseThrow();
            assertThat(keys).singleElement().satisfies(key -> {
                assertThat(key.names()).containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "alg", "use");
                assertThat(key.requireString("use")).isEqualTo("sig");
            });
        }
    }
}
