package dev.signet.benchmarks.load;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The client that sends users to the server: with {@code private_key_jwt} and PKCE, without a library. */
final class Shop {

    static final ClientId ID = new ClientId("shop");
    static final String REDIRECT_URI = "https://shop.example.com/callback";

    private final Issuer server;
    private final JwtSigner assertions;
    private final JwtSigner requestObjects;

    /** @param key whose public half the server knows */
    Shop(SigningKey key, Issuer server) {
        this.server = server;
        this.assertions = JwtSigner.of(key, ClientAssertion.TYPE);
        this.requestObjects = JwtSigner.of(key, RequestObject.TYPE);
    }

    /** It, as the configuration has it. */
    static String yaml(SigningKey key) {
        return """
                {client_id: %s, token_endpoint_auth_method: private_key_jwt, jwks: {keys: [%s]}, grant_types: [authorization_code, refresh_token], redirect_uris: ["%s"], scope: orders.read}""".formatted(ID, key.verificationKey().toJwk().toJson(), REDIRECT_URI);
    }

    /** These parameters, with a new assertion that authenticates it. */
    List<Map.Entry<String, String>> authenticated(List<Map.Entry<String, String>> parameters) {
        List<Map.Entry<String, String>> all = new ArrayList<>(parameters);
        all.add(Map.entry(ParameterName.CLIENT_ASSERTION_TYPE, ClientAssertion.ASSERTION_TYPE));
        all.add(Map.entry(
                ParameterName.CLIENT_ASSERTION,
                assertions.sign(
                        ClientAssertion.claims(ID, server, newId(), now(), ClientAuthentication.ASSERTION_LIFETIME))));
        return all;
    }

    /** These parameters, in a new request object. */
    List<Map.Entry<String, String>> signed(List<Map.Entry<String, String>> parameters) {
        JsonObject.Builder inside = JsonObject.builder();
        parameters.forEach(parameter -> inside.put(parameter.getKey(), parameter.getValue()));
        return List.of(Map.entry(
                ParameterName.REQUEST,
                requestObjects.sign(RequestObjectClaims.of(ID, server, inside.build(), newId(), now()))));
    }

    private static JwtId newId() {
        return new JwtId(UUID.randomUUID().toString());
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
