package dev.signet.peer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.JwtBearerGrantRequest;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientJwtBearerTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Spring Security's OAuth2 client against a running server. Input (standard input, JSON): issuer, tokenEndpoint, clientId,
 * legacyClientId, clientKey (private JWK of both), secretClientId, secret, trustedIssuer, trustedKey (private JWK), subject.
 * Output: one line a check, "ok NAME" or "failed NAME: WHY".
 */
public final class ClientProgram {

    private final Map<String, Object> input;

    private ClientProgram(Map<String, Object> input) {
        this.input = input;
    }

    public static void main(String[] arguments) throws Exception {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        new ClientProgram(JSONObjectUtils.parse(text)).run();
    }

    private void run() throws Exception {
        JWK key = ECKey.parse(map("clientKey"));
        JWK secret = new OctetSequenceKey.Builder(text("secret").getBytes(StandardCharsets.UTF_8)).build();
        ClientAuthenticationMethod byKey = ClientAuthenticationMethod.PRIVATE_KEY_JWT;
        ClientAuthenticationMethod bySecret = ClientAuthenticationMethod.CLIENT_SECRET_JWT;
        String issuer = text("issuer");

        check("private_key_jwt for the issuer gets a token", () -> credentials("clientId", byKey, key, issuer));
        check("client_secret_jwt for the issuer gets a token", () -> credentials("secretClientId", bySecret, secret, issuer));
        check("private_key_jwt as it comes is refused", () -> refused("invalid_client", () -> credentials("clientId", byKey, key, "")));
        check("private_key_jwt as it comes gets a token where older audiences are accepted", () -> credentials("legacyClientId", byKey, key, ""));
        check("private_key_jwt exchanges a trusted JWT, once", () -> exchangeOnce("clientId", byKey, key));
        check("client_secret_jwt exchanges a trusted JWT, once", () -> exchangeOnce("secretClientId", bySecret, secret));
    }

    private void credentials(String client, ClientAuthenticationMethod method, JWK key, String audience) {
        RestClientClientCredentialsTokenResponseClient tokens = new RestClientClientCredentialsTokenResponseClient();
        tokens.addParametersConverter(authentication(key, audience));
        tokens.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(
                registration(client, method, AuthorizationGrantType.CLIENT_CREDENTIALS)));
    }

    private void exchangeOnce(String client, ClientAuthenticationMethod method, JWK key) throws Exception {
        RestClientJwtBearerTokenResponseClient tokens = new RestClientJwtBearerTokenResponseClient();
        tokens.addParametersConverter(authentication(key, text("issuer")));
        JwtBearerGrantRequest request =
                new JwtBearerGrantRequest(registration(client, method, AuthorizationGrantType.JWT_BEARER), assertion());
        tokens.getTokenResponse(request);
        refused("invalid_grant", () -> tokens.getTokenResponse(request));
    }

    /** @param audience of the assertion; what Spring Security puts there if it is empty */
    private static <T extends AbstractOAuth2AuthorizationGrantRequest>
            NimbusJwtClientAuthenticationParametersConverter<T> authentication(JWK key, String audience) {
        NimbusJwtClientAuthenticationParametersConverter<T> converter =
                new NimbusJwtClientAuthenticationParametersConverter<>(registration -> key);
        if (!audience.isEmpty()) {
            converter.setJwtClientAssertionCustomizer(
                    context -> context.getClaims().audience(List.of(audience)));
        }
        return converter;
    }

    private ClientRegistration registration(
            String client, ClientAuthenticationMethod method, AuthorizationGrantType grant) {
        return ClientRegistration.withRegistrationId(client)
                .clientId(text(client))
                .clientAuthenticationMethod(method)
                .authorizationGrantType(grant)
                .tokenUri(text("tokenEndpoint"))
                .scope("orders.read")
                .build();
    }

    /** A new JWT of the trusted issuer. */
    private Jwt assertion() throws Exception {
        RSAKey key = RSAKey.parse(map("trustedKey"));
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(text("trustedIssuer"))
                .subject(text("subject"))
                .audience(text("issuer"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(key));
        return Jwt.withTokenValue(jwt.serialize())
                .headers(headers -> headers.putAll(header.toJSONObject()))
                .claims(all -> all.putAll(claims.toJSONObject()))
                .issuedAt(now)
                .expiresAt(now.plusSeconds(120))
                .build();
    }

    private static void refused(String error, Check check) throws Exception {
        try {
            check.run();
        } catch (OAuth2AuthorizationException e) {
            // Of an answer with 401 Spring Security only tells what it was.
            if (e.getError().getErrorCode().equals(error) || e.getMessage().contains("\"error\":\"" + error + "\"")) {
                return;
            }
            throw e;
        }
        throw new IllegalStateException("accepted, but should be refused with " + error);
    }

    private static void check(String name, Check check) {
        try {
            check.run();
            System.out.println("ok " + name);
        } catch (Exception e) {
            System.out.println("failed " + name + ": " + e);
        }
    }

    private String text(String name) {
        return (String) input.get(name);
    }

    private Map<String, Object> map(String name) throws ParseException {
        return JSONObjectUtils.getJSONObject(input, name);
    }

    private interface Check {
        void run() throws Exception;
    }
}
