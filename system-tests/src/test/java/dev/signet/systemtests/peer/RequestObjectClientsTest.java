package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.sun.net.httpserver.HttpServer;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Nimbus SDK signs, encrypts, hosts and pushes its authorization requests, and our server as it runs takes them (RFC 9101, RFC 9126). */
@Tag("peer")
class RequestObjectClientsTest {

    private static final AtomicReference<String> HOSTED = new AtomicReference<>("");
    private static final AtomicInteger FETCHED = new AtomicInteger();

    private static HttpServer host;
    private static URI hosted;
    private static PeopleServer server;

    private final UserAgent browser = new UserAgent(PeopleServer.CALLBACK);
    private NimbusShop shop;

    @BeforeAll
    static void start(@TempDir Path store) throws Exception {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.createContext("/request.jwt", exchange -> {
            FETCHED.incrementAndGet();
            byte[] body = HOSTED.get().getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/oauth-authz-req+jwt");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        host.start();
        hosted = URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/request.jwt");
        server = PeopleServer.start(store, hosted);
    }

    @AfterAll
    static void stop() {
        server.close();
        host.stop(0);
    }

    @BeforeEach
    void open() throws Exception {
        shop = NimbusShop.of(server, PeopleServer.WITH_KEY);
        FETCHED.set(0);
    }

    private AuthorizationRequest byValue(JWT requestObject) {
        return new AuthorizationRequest.Builder(requestObject, shop.client())
                .endpointURI(shop.metadata().getAuthorizationEndpointURI())
                .build();
    }

    private AuthorizationRequest byReference(URI requestUri) {
        return new AuthorizationRequest.Builder(requestUri, shop.client())
                .endpointURI(shop.metadata().getAuthorizationEndpointURI())
                .build();
    }

    private void assertGetsTokens(AuthorizationRequest request) throws Exception {
        AuthorizationResponse response = AuthorizationResponse.parse(
                PeopleServer.approve(browser, request.toURI()).uri());
        assertThat(response.indicatesSuccess()).isTrue();
        assertThat(response.getState()).isEqualTo(shop.state());
        server.assertAlices(shop.send(shop.grant(response))
                .toSuccessResponse()
                .getTokens()
                .getAccessToken()
                .getValue());
    }

    /** What is wrong with a request object is shown to the user, and not sent anywhere (D-22). */
    private void assertShown(AuthorizationRequest request, String error) throws Exception {
        Page page = browser.open(request.toURI());
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.uri().getPath()).isEqualTo("/authorize");
        assertThat(page.html()).contains(error);
    }

    private static SignedJWT tampered(SignedJWT jwt) throws Exception {
        String[] parts = jwt.serialize().split("\\.");
        String claims = jwt.getPayload().toString().replace("orders.read", "orders.rule");
        return SignedJWT.parse(parts[0] + "." + new Payload(claims).toBase64URL() + "." + parts[2]);
    }

    private JWT encrypted(SignedJWT jwt, JWEAlgorithm algorithm, EncryptionMethod method) throws Exception {
        JWK key = new JWKSelector(new JWKMatcher.Builder()
                        .keyUse(KeyUse.ENCRYPTION)
                        .algorithm(algorithm)
                        .build())
                .select(JWKSet.load(shop.metadata().getJWKSetURI().toURL()))
                .get(0);
        JWEEncrypter encrypter = algorithm.equals(JWEAlgorithm.ECDH_ES)
                ? new ECDHEncrypter(key.toECKey())
                : new RSAEncrypter(key.toRSAKey());
        JWEObject object = new JWEObject(
                new JWEHeader.Builder(algorithm, method)
                        .contentType("JWT")
                        .keyID(key.getKeyID())
                        .build(),
                new Payload(jwt));
        object.encrypt(encrypter);
        return EncryptedJWT.parse(object.serialize());
    }

    @Test
    @Requirement({"9101-6.2-01", "9101-10.5-06", "D-22"})
    void by_value() throws Exception {
        SignedJWT object = shop.requestObject(FixedKeys.client());

        assertShown(byValue(tampered(object)), "invalid_request_object");
        assertGetsTokens(byValue(object));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-OAEP-256, A128GCM",
        "RSA-OAEP-256, A256CBC-HS512",
        "ECDH-ES, A256GCM",
        "ECDH-ES, A128CBC-HS256",
    })
    @Requirement({"9101-6.1-01", "9101-4-10", "D-41"})
    void encrypted(String algorithm, String method) throws Exception {
        SignedJWT object = shop.requestObject(FixedKeys.client());
        JWT encrypted = encrypted(object, JWEAlgorithm.parse(algorithm), EncryptionMethod.parse(method));
        String[] parts = encrypted.serialize().split("\\.");
        // Not the last character, some bits of which may not count.
        parts[4] = (parts[4].charAt(0) == 'A' ? "B" : "A") + parts[4].substring(1);

        assertShown(byValue(JWTParser.parse(String.join(".", parts))), "invalid_request_object");
        assertShown(
                byValue(encrypted(tampered(object), JWEAlgorithm.parse(algorithm), EncryptionMethod.parse(method))),
                "invalid_request_object");
        assertGetsTokens(byValue(encrypted));
    }

    @Test
    @Requirement({"9101-5.2.3-01", "9101-6.2-01", "D-17"})
    void by_reference() throws Exception {
        SignedJWT object = shop.requestObject(FixedKeys.client());
        HOSTED.set(tampered(object).serialize());
        assertShown(byReference(hosted), "invalid_request_object");

        HOSTED.set(object.serialize());
        FETCHED.set(0);
        assertGetsTokens(byReference(hosted));
        assertThat(FETCHED).as("signing in and approving fetches nothing again").hasValue(1);
    }

    @Test
    @Requirement({"9101-10.4-01", "9101-10.2-06"})
    void by_reference_to_elsewhere() throws Exception {
        HOSTED.set(shop.requestObject(FixedKeys.client()).serialize());

        assertShown(byReference(URI.create(hosted + "?other")), "invalid_request_uri");
        assertThat(FETCHED).hasValue(0);
        assertGetsTokens(byReference(hosted));
    }

    @Test
    @Requirement({"9126-2.2-01", "9126-2.2-03", "9126-4-03"})
    void pushed() throws Exception {
        URI uri = shop.push(shop.request()).toSuccessResponse().getRequestURI();

        NimbusShop other = NimbusShop.of(server, PeopleServer.OTHER);
        AuthorizationRequest stolen = new AuthorizationRequest.Builder(uri, other.client())
                .endpointURI(other.metadata().getAuthorizationEndpointURI())
                .build();
        assertShown(stolen, "invalid_request_uri");
        assertGetsTokens(byReference(uri));
        assertShown(byReference(uri), "invalid_request_uri");
    }

    @Test
    @Requirement({"9126-3-01", "9101-10.2-03"})
    void signed_and_pushed() throws Exception {
        SignedJWT object = shop.requestObject(FixedKeys.client());

        assertRefused(shop.push(byValue(tampered(object))));
        assertGetsTokens(
                byReference(shop.push(byValue(object)).toSuccessResponse().getRequestURI()));
    }

    @Test
    @Requirement({"9126-3-01", "9101-6.1-01"})
    void encrypted_and_pushed() throws Exception {
        JWT object = encrypted(shop.requestObject(FixedKeys.client()), JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM);

        assertGetsTokens(
                byReference(shop.push(byValue(object)).toSuccessResponse().getRequestURI()));
    }

    @Test
    @Requirement({"9101-6.2-05", "9101-5-04", "9126-3-02"})
    void of_another_client() throws Exception {
        NimbusShop other = NimbusShop.of(server, PeopleServer.OTHER);
        SignedJWT signedByOther = shop.requestObject(FixedKeys.stranger());
        SignedJWT aboutOther = other.requestObject(FixedKeys.client());

        assertShown(byValue(signedByOther), "invalid_request_object");
        assertShown(byValue(aboutOther), "invalid_request_object");
        assertRefused(shop.push(byValue(signedByOther)));
        assertRefused(shop.push(byValue(aboutOther)));
        assertThat(other.push(other.request()).indicatesSuccess()).isTrue();
        assertGetsTokens(byValue(shop.requestObject(FixedKeys.client())));
    }

    private static void assertRefused(PushedAuthorizationResponse response) {
        assertThat(response.indicatesSuccess()).isFalse();
        assertThat(response.toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_REQUEST_OBJECT);
        assertThat(response.toErrorResponse().getErrorObject().getHTTPStatusCode())
                .isEqualTo(400);
    }
}
