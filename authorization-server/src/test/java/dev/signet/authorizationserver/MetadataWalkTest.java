package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.registry.AgreedEncryption;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.RequestObjectFetcher.Hosted;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks every member of the metadata: what is advertised works, and what works is advertised. A member that this test knows
 * no way to try fails it.
 */
class MetadataWalkTest {

    private static final Map<JwsAlgorithm, SigningKey> KEYS = new EnumMap<>(JwsAlgorithm.class);

    static {
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            if (!algorithm.isMac()) {
                KEYS.put(algorithm, SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom()));
            }
        }
    }

    /** Where valid authorization requests come from. */
    private static final AuthorizationFixture REQUESTS = AuthorizationFixture.standard();

    /** What is at every {@code request_uri} that a server fetches. */
    private static final AtomicReference<String> HOSTED = new AtomicReference<>("");

    private static final DecryptionKey RSA = decrypting(JwsAlgorithm.RS256, "RSA-OAEP-256");
    private static final DecryptionKey EC = decrypting(JwsAlgorithm.ES256, "ECDH-ES");

    private static DecryptionKey decrypting(JwsAlgorithm kind, String algorithm) {
        return DecryptionKey.fromJwk(
                SigningKey.generate(kind, CryptoProvider.jdk(), new SecureRandom()).toPrivateJwk().toBuilder()
                        .put("alg", algorithm)
                        .put("use", "enc")
                        .put("kid", "for-" + algorithm)
                        .build());
    }

    /** Servers that have much and little switched on. */
    private enum Server {
        EVERYTHING {
            @Override
            Fixture start() {
                return Fixture.withIssuer(JwtBearerGrantTest::open);
            }
        },
        STANDARD {
            @Override
            Fixture start() {
                return Fixture.standard();
            }
        },
        KEYS_ONLY {
            @Override
            Fixture start() {
                return Fixture.with(builder -> builder.trustedIssuers(TrustedIssuers.none())
                        .assertionAlgorithms(Set.of(JwsAlgorithm.ES256, JwsAlgorithm.PS256))
                        .authenticationMethods(EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)));
            }
        },
        PEOPLE {
            @Override
            Fixture start() {
                return AuthorizationFixture.standard().server;
            }
        },
        SIGNED_REQUESTS {
            @Override
            Fixture start() {
                return AuthorizationFixture.with(builder -> builder.decryptionKeys(List.of(RSA, EC))
                                .assertionAlgorithms(Set.of(JwsAlgorithm.ES256, JwsAlgorithm.PS256))
                                .requestPolicy(RequestPolicy.builder()
                                        .fetchWith((uri, types) -> new Hosted(RequestObject.MEDIA_TYPE, HOSTED.get()))
                                        .requireSigned(true)
                                        .build()))
                        .server;
            }
        },
        PUSHED_REQUESTS {
            @Override
            Fixture start() {
                return AuthorizationFixture.with(builder -> builder.requestPolicy(RequestPolicy.builder()
                                .takeRequestObjects(false)
                                .requirePushed(true)
                                .build()))
                        .server;
            }
        },
        SECRETS_ONLY {
            @Override
            Fixture start() {
                return Fixture.withoutRevocation(builder ->
                        builder.authenticationMethods(EnumSet.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)));
            }
        },
        EACH_METHOD_IN_ITS_PLACE {
            @Override
            Fixture start() {
                return Fixture.with(builder -> builder.allowedMethods(AllowedMethods.all()
                        .at(ClientEndpoint.INTROSPECTION, EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                        .at(ClientEndpoint.REVOCATION, EnumSet.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC))
                        .forGrant(GrantType.CLIENT_CREDENTIALS, EnumSet.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
                        .forGrant(
                                GrantType.JWT_BEARER,
                                EnumSet.of(
                                        ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                                        ClientAuthenticationMethod.CLIENT_SECRET_JWT))));
            }
        };

        abstract Fixture start();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    @Requirement({
        "9101-9-02",
        "9101-7-03",
        "9126-5-01",
        "8414-2-04",
        "8414-2-05",
        "8414-2-06",
        "8414-C-02",
        "9701-7-01",
        "9728-4-01"
    })
    void every_member_says_what_is_so(Server server) {
        Fixture fixture = server.start();
        JsonObject document =
                fixture.get("/.well-known/oauth-authorization-server").json();
        Map<String, Object> worked = new Trial(fixture).worked();

        assertThat(document.names()).isSubsetOf(worked.keySet());
        worked.forEach((member, value) -> assertThat(value)
                .as(member)
                .isEqualTo(value instanceof Set ? strings(document, member) : document.find(member)));
    }

    private static Set<String> strings(JsonObject document, String member) {
        List<String> found = document.findStrings(member).orElse(List.of());
        Set<String> each = new TreeSet<>(found);
        assertThat(found).as(member).hasSameSizeAs(each);
        return each;
    }

    private static final String HOSTED_AT = "https://shop.example.com/request.jwt";

    /** Tries everything that metadata could tell of, without reading it. */
    private record Trial(Fixture fixture) {

        /** By member: its value if there is one, or the set of its values. */
        Map<String, Object> worked() {
            Map<String, Object> worked = new LinkedHashMap<>();
            worked.put("issuer", Optional.of(Fixture.ISSUER.value()));
            worked.put("jwks_uri", url("/jwks"));
            worked.put("scopes_supported", scopes());
            worked.put("protected_resources", resources());
            worked.put("grant_types_supported", grants());
            for (String endpoint : List.of("token", "introspection", "revocation")) {
                String path = path(endpoint);
                worked.put(endpoint + "_endpoint", url(path));
                worked.put(endpoint + "_endpoint_auth_methods_supported", methods(path));
                worked.put(endpoint + "_endpoint_auth_signing_alg_values_supported", algorithms(path));
            }
            worked.put("introspection_signing_alg_values_supported", answerAlgorithms());
            worked.put("introspection_encryption_alg_values_supported", answerKeyManagement());
            worked.put("introspection_encryption_enc_values_supported", answerEncryption());
            worked.put("authorization_endpoint", url("/authorize"));
            worked.put("response_types_supported", responseTypes());
            worked.put("response_modes_supported", responseModes());
            worked.put("code_challenge_methods_supported", challengeMethods());
            worked.put("authorization_response_iss_parameter_supported", issuerInResponses());
            worked.put("pushed_authorization_request_endpoint", url("/par"));
            worked.put("require_pushed_authorization_requests", url("/par").map(there -> isPushingDemanded()));
            worked.put("request_parameter_supported", Optional.of(isRequestObjectTaken()));
            worked.put("request_uri_parameter_supported", Optional.of(isFetched(HOSTED_AT)));
            worked.put(
                    "require_request_uri_registration",
                    Optional.of(isFetched(HOSTED_AT) && !isFetched("https://shop.example.com/other.jwt")));
            worked.put("require_signed_request_object", Optional.of(isSignatureDemanded()));
            worked.put("request_object_signing_alg_values_supported", requestObjectAlgorithms());
            worked.put("request_object_encryption_alg_values_supported", requestObjectKeyManagement());
            worked.put("request_object_encryption_enc_values_supported", requestObjectEncryption());
            worked.put("claims_parameter_supported", Optional.of(false));
            return worked;
        }

        private static String path(String endpoint) {
            return switch (endpoint) {
                case "introspection" -> "/introspect";
                case "revocation" -> "/revoke";
                default -> "/" + endpoint;
            };
        }

        /** Where something answers. */
        private Optional<Object> url(String path) {
            return fixture.get(path).status() == 404
                    ? Optional.empty()
                    : Optional.of(
                            URI.create(Fixture.ISSUER.value()).resolve(path).toString());
        }

        private Set<String> responseTypes() {
            return working(
                    Set.of("code", "token", "id_token", "code id_token", "code token", "none"),
                    type -> isAnswered("response_type", type));
        }

        private Set<String> responseModes() {
            return working(
                    Set.of("query", "form_post", "fragment", "web_message", "jwt", "query.jwt"),
                    mode -> isAnswered("response_mode", mode));
        }

        private Set<String> challengeMethods() {
            return working(Set.of("S256", "plain"), method -> isAnswered("code_challenge_method", method));
        }

        private Optional<Object> issuerInResponses() {
            return authorization("scope", "orders.read")
                    .filter(answer -> answer.contains("&iss="))
                    .map(answer -> true);
        }

        private boolean isAnswered(String name, String value) {
            return authorization(name, value)
                    .filter(answer -> answer.contains("?code=") || answer.contains("name=\"code\""))
                    .isPresent();
        }

        /** The answer to a request with that parameter, if there is somebody to answer; by the first way that leads to one. */
        private Optional<String> authorization(String name, String value) {
            List<Map.Entry<String, String>> plain =
                    REQUESTS.validRequest().with(name, value).parameters();
            List<Map.Entry<String, String>> signed = signed(plain, TestKeys.CLIENT);
            return Stream.<Supplier<Optional<String>>>of(
                            () -> answered(plain), () -> pushed(plain).flatMap(this::answered), () -> answered(signed))
                    .flatMap(way -> way.get().stream())
                    .findFirst();
        }

        /** The answer to these parameters, unless there is no such endpoint, or they are refused. */
        private Optional<String> answered(List<Map.Entry<String, String>> parameters) {
            ProtocolResponse response = fixture.server.handle(ProtocolRequest.builder("GET", "/authorize")
                    .query(FormParameters.encode(parameters))
                    .build());
            return Optional.of(response.header("Location").orElse("")
                            + new String(response.body(), StandardCharsets.UTF_8))
                    .filter(answer -> answer.contains("?code=") || answer.contains("name=\"code\""));
        }

        /** The parameters that stand for those, if they can be pushed. */
        private Optional<List<Map.Entry<String, String>>> pushed(List<Map.Entry<String, String>> parameters) {
            TestCall call = new TestCall(fixture, "/par");
            parameters.forEach(parameter -> call.with(parameter.getKey(), parameter.getValue()));
            Map.Entry<String, String> client = parameters.stream()
                    .filter(parameter -> parameter.getKey().equals("client_id"))
                    .findFirst()
                    .orElseThrow();
            if (client.getValue().equals(AuthorizationFixture.SHOP)) {
                call.basic(AuthorizationFixture.SHOP, Fixture.SECRET);
            }
            TestAnswer answer = call.send();
            return answer.status() == 201
                    ? Optional.of(List.of(
                            client, Map.entry("request_uri", answer.json().requireString("request_uri"))))
                    : Optional.empty();
        }

        private List<Map.Entry<String, String>> signed(List<Map.Entry<String, String>> parameters, SignerKey key) {
            JsonObject.Builder claims = JsonObject.builder();
            parameters.forEach(parameter -> claims.put(parameter.getKey(), parameter.getValue()));
            String clientId = claims.build().requireString("client_id");
            TestAssertion object = REQUESTS.requestObject(clientId).signedWith(key);
            for (Map.Entry<String, String> parameter : parameters) {
                object = object.claim(parameter.getKey(), parameter.getValue());
            }
            return List.of(Map.entry("client_id", clientId), Map.entry("request", object.compact()));
        }

        private boolean isPushingDemanded() {
            List<Map.Entry<String, String>> plain = REQUESTS.validRequest().parameters();
            return answered(plain).isEmpty()
                    && pushed(plain).flatMap(this::answered).isPresent();
        }

        private boolean isRequestObjectTaken() {
            return answered(signed(REQUESTS.validRequest().parameters(), TestKeys.CLIENT))
                    .isPresent();
        }

        private boolean isSignatureDemanded() {
            List<Map.Entry<String, String>> plain = REQUESTS.validRequest().parameters();
            return isRequestObjectTaken()
                    && answered(plain).isEmpty()
                    && pushed(plain).isEmpty();
        }

        private boolean isFetched(String requestUri) {
            String clientId = "hosting";
            fixture.clients.put(AuthorizationFixture.signing(clientId)
                    .requestObjects(RequestObjectSettings.builder()
                            .requestUris(List.of(URI.create(HOSTED_AT)))
                            .build())
                    .build());
            HOSTED.set(REQUESTS.requestObject(clientId).compact());
            return answered(List.of(Map.entry("client_id", clientId), Map.entry("request_uri", requestUri)))
                    .isPresent();
        }

        private Set<String> requestObjectAlgorithms() {
            return working(
                    Arrays.stream(JwsAlgorithm.values())
                            .map(JwsAlgorithm::joseName)
                            .toList(),
                    name -> isTaken(JwsAlgorithm.find(name).orElseThrow()));
        }

        private boolean isTaken(JwsAlgorithm algorithm) {
            SignerKey key = algorithm.isMac() ? MacKey.ofSecret(Fixture.SECRET, algorithm) : KEYS.get(algorithm);
            String clientId = "signing-" + algorithm.joseName();
            RegisteredClient.Builder client = AuthorizationFixture.client(clientId, settings -> settings);
            if (key instanceof SigningKey asymmetric) {
                client.jwks(JwkSet.of(List.of(asymmetric.verificationKey())));
            }
            fixture.clients.put(client.build());
            String object = REQUESTS.requestObject(clientId).signedWith(key).compact();
            return answered(List.of(Map.entry("client_id", clientId), Map.entry("request", object)))
                    .isPresent();
        }

        private Set<String> requestObjectKeyManagement() {
            return working(
                    Set.of("RSA-OAEP-256", "RSA-OAEP", "RSA1_5", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW", "dir"),
                    name -> isDecrypted(name, "A256GCM"));
        }

        private Set<String> requestObjectEncryption() {
            return working(
                    Set.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"),
                    name -> isDecrypted("RSA-OAEP-256", name));
        }

        /** With the published key for that algorithm, if there is one. */
        private boolean isDecrypted(String algorithm, String encryption) {
            return fixture.get("/jwks").json().findObjects("keys").orElseThrow().stream()
                    .filter(jwk ->
                            jwk.findString("alg").filter(algorithm::equals).isPresent())
                    .anyMatch(jwk -> {
                        String object = REQUESTS.requestObject().compact();
                        try {
                            String encrypted = JwtEncrypter.of(EncryptionKey.fromJwk(jwk, algorithm), encryption)
                                    .encrypt(object);
                            return answered(List.of(
                                            Map.entry("client_id", AuthorizationFixture.SHOP),
                                            Map.entry("request", encrypted)))
                                    .isPresent();
                        } catch (IllegalArgumentException unknown) {
                            return false;
                        }
                    });
        }

        private Set<String> scopes() {
            ClientId clientId = new ClientId("all-scopes");
            Scope all = Scope.of("orders.read", "orders.write", "orders.admin", "stock.read", "stock.write", "openid");
            register(clientId.value(), all);
            return working(
                    all.tokens(),
                    scope -> call(clientId.value(), "/token")
                                    .with("scope", scope)
                                    .send()
                                    .status()
                            == 200);
        }

        private Set<String> resources() {
            register("all-resources", Scope.of("orders.read", "stock.read"));
            return working(
                    List.of(Fixture.ORDERS, Fixture.STOCK, "https://api.example.com/other"),
                    resource -> call("all-resources", "/token")
                                    .with("resource", resource)
                                    .send()
                                    .status()
                            == 200);
        }

        private boolean hasKeys() {
            return fixture.server.metadata().tokenEndpointAuthMethodsSupported().contains("private_key_jwt");
        }

        /** A client that authenticates in a way the server has, so that only the scope is on trial. */
        private void register(String clientId, Scope scope) {
            var client = hasKeys()
                    ? Fixture.keyClient(clientId, TestKeys.CLIENT)
                    : Fixture.client(clientId, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .secret(Fixture.SECRET);
            fixture.and(client.scope(scope));
        }

        private TestCall call(String clientId, String path) {
            TestCall call = new TestCall(fixture, path).with("grant_type", GrantType.CLIENT_CREDENTIALS);
            return hasKeys() ? call.assertion(fixture.clientAssertion(clientId)) : call.basic(clientId, Fixture.SECRET);
        }

        private Set<String> grants() {
            register("all-grants", Scope.of("orders.read"));
            return working(
                    Set.of(
                            GrantType.CLIENT_CREDENTIALS,
                            GrantType.JWT_BEARER,
                            "authorization_code",
                            "refresh_token",
                            "password",
                            "urn:ietf:params:oauth:grant-type:device_code",
                            "urn:ietf:params:oauth:grant-type:saml2-bearer",
                            "urn:ietf:params:oauth:grant-type:token-exchange",
                            "urn:openid:params:grant-type:ciba"),
                    grant -> switch (grant) {
                        case GrantType.AUTHORIZATION_CODE -> redeemed().isPresent();
                        case GrantType.REFRESH_TOKEN ->
                            redeemed()
                                    .map(tokens -> ofShop(grant)
                                            .with("refresh_token", tokens.requireString("refresh_token"))
                                            .send()
                                            .status())
                                    .filter(status -> status == 200)
                                    .isPresent();
                        default ->
                            call("all-grants", "/token")
                                            .with("grant_type", grant)
                                            .with(
                                                    "assertion",
                                                    fixture.grantAssertion().compact())
                                            .send()
                                            .status()
                                    == 200;
                    });
        }

        /** What a code is exchanged for, if there is somebody to give one. */
        private Optional<JsonObject> redeemed(Optional<String> authorization, TestCall call) {
            return authorization
                    .map(answer -> call.with("grant_type", GrantType.AUTHORIZATION_CODE)
                            .with("code", answer.replaceFirst(".*[?]code=([^&]*)&.*", "$1"))
                            .with("redirect_uri", AuthorizationFixture.CALLBACK)
                            .with("code_verifier", AuthorizationFixture.VERIFIER.value())
                            .send())
                    .filter(answer -> answer.status() == 200)
                    .map(TestAnswer::json);
        }

        private Optional<JsonObject> redeemed() {
            return redeemed(authorization("scope", "orders.read"), ofShop(GrantType.AUTHORIZATION_CODE));
        }

        private TestCall ofShop(String grant) {
            return new TestCall(fixture, "/token")
                    .basic(AuthorizationFixture.SHOP, Fixture.SECRET)
                    .with("grant_type", grant);
        }

        private Set<String> methods(String path) {
            return working(
                    Arrays.stream(ClientAuthenticationMethod.values())
                            .map(ClientAuthenticationMethod::wireName)
                            .toList(),
                    method -> worksForAny(path, call -> authenticated(call, method))
                            || (path.equals("/token") && method.equals("none") && redeemedByTill()));
        }

        private boolean redeemedByTill() {
            return redeemed(
                            authorization("client_id", AuthorizationFixture.TILL),
                            new TestCall(fixture, "/token").with("client_id", AuthorizationFixture.TILL))
                    .isPresent();
        }

        /** With the one grant or the other. */
        private boolean worksForAny(String path, UnaryOperator<TestCall> authentication) {
            return Stream.of(GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER)
                    .map(grant -> new TestCall(fixture, path)
                            .with("token", "none-of-ours")
                            .with("grant_type", grant)
                            .with("assertion", fixture.grantAssertion().compact())
                            .with("scope", "orders.read"))
                    .anyMatch(call -> authentication.apply(call).send().status() == 200);
        }

        private TestCall authenticated(TestCall call, String method) {
            return switch (method) {
                case "client_secret_basic" -> call.basic(Fixture.BATCH, Fixture.SECRET);
                case "client_secret_post" ->
                    call.with("client_id", Fixture.FORMER).with("client_secret", Fixture.SECRET);
                case "client_secret_jwt" -> call.assertion(fixture.macAssertion());
                case "private_key_jwt" -> call.assertion(fixture.clientAssertion());
                default -> call.with("client_id", Fixture.PUBLIC);
            };
        }

        private Set<String> algorithms(String path) {
            return working(
                    Arrays.stream(JwsAlgorithm.values())
                            .map(JwsAlgorithm::joseName)
                            .toList(),
                    name -> asserted(path, JwsAlgorithm.find(name).orElseThrow()));
        }

        private boolean asserted(String path, JwsAlgorithm algorithm) {
            if (algorithm.isMac()) {
                MacKey key = MacKey.ofSecret(Fixture.SECRET, algorithm);
                return worksForAny(
                        path, call -> call.assertion(fixture.macAssertion().signedWith(key)));
            }
            SigningKey key = KEYS.get(algorithm);
            String clientId = "by-" + algorithm.joseName();
            fixture.clients.put(Fixture.keyClient(clientId, key).build());
            return worksForAny(
                    path,
                    call -> call.assertion(fixture.clientAssertion(clientId).signedWith(key)));
        }

        private Set<String> answerAlgorithms() {
            return working(
                    Arrays.stream(JwsAlgorithm.values())
                            .filter(algorithm -> !algorithm.isMac())
                            .map(JwsAlgorithm::joseName)
                            .toList(),
                    name -> answersAs(
                            "signed-" + name,
                            api -> api.introspectionSigningAlgorithm(
                                    JwsAlgorithm.find(name).orElseThrow())));
        }

        private Set<String> answerKeyManagement() {
            return working(
                    Set.of("RSA-OAEP-256", "RSA-OAEP", "RSA1_5", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW", "dir"),
                    name -> answersEncrypted(name, "A256GCM"));
        }

        private Set<String> answerEncryption() {
            return working(
                    Set.of("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"),
                    name -> answersEncrypted("ECDH-ES", name));
        }

        private boolean answersEncrypted(String algorithm, String encryption) {
            SigningKey key = KEYS.get(algorithm.startsWith("RSA") ? JwsAlgorithm.RS256 : JwsAlgorithm.ES256);
            JsonObject jwk = key.verificationKey().toJwk().toBuilder()
                    .put("use", "enc")
                    .put("alg", algorithm)
                    .put("kid", "to-encrypt-with")
                    .build();
            List<JsonObject> jwks = List.of(TestKeys.CLIENT.verificationKey().toJwk(), jwk);
            JwkSet keys = JwkSet.fromJson(JsonObject.builder().put("keys", jwks).build(), CryptoProvider.jdk());
            try {
                AgreedEncryption form = new AgreedEncryption(algorithm, encryption);
                return answersAs(
                        "encrypted-" + algorithm + "-" + encryption,
                        api -> api.jwks(keys).introspectionEncryption(form));
            } catch (IllegalArgumentException unknown) {
                return false;
            }
        }

        private boolean answersAs(String clientId, UnaryOperator<RegisteredClient.Builder> form) {
            RegisteredClient.Builder api = hasKeys()
                    ? Fixture.keyClient(clientId, TestKeys.CLIENT)
                    : Fixture.resourceServer(clientId, Fixture.ORDERS);
            api.resourceServerFor(Set.of(new ResourceIndicator(Fixture.ORDERS)));
            fixture.clients.put(form.apply(api).build());
            TestAnswer answer =
                    call(clientId, "/introspect").with("token", "none-of-ours").send();
            return answer.status() == 200
                    && answer.header("Content-Type").equals("application/token-introspection+jwt");
        }

        private static Set<String> working(Iterable<String> candidates, Predicate<String> works) {
            Set<String> working = new TreeSet<>();
            candidates.forEach(candidate -> {
                if (works.test(candidate)) {
                    working.add(candidate);
                }
            });
            return working;
        }
    }
}
