package dev.signet.app.demo;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Who takes part beside the server: a client with a key, a client with a secret, an issuer that the server trusts, and a person who
 * buys at a shop.
 */
final class DemoParties {

    static final ClientId REPORTER = new ClientId("reporter");
    static final ClientId TESTER = new ClientId("tester");
    static final String FOREIGN_ISSUER = "https://ci.example.com";
    static final String FOREIGN_SUBJECT = "repo:acme/shop:main";
    static final String SCOPE = "orders.write";
    static final ClientId SHOP = new ClientId("shop");
    static final ClientId TERMINAL = new ClientId("terminal");
    static final String PERSON = "alice";

    private static final int OCTETS = 32;

    private final SigningKey reporterKey;
    private final SigningKey foreignKey;
    private final SigningKey shopKey;
    private final String testerSecret;
    private final String personsPassword;
    private final String passwordHash;
    private final SecureRandom random;
    private final Clock clock;

    DemoParties(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.reporterKey = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), random);
        this.foreignKey = SigningKey.generate(JwsAlgorithm.RS256, CryptoProvider.jdk(), random);
        this.shopKey = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), random);
        this.testerSecret = text();
        this.personsPassword = text();
        this.passwordHash =
                PasswordHash.of(Password.ofNew(personsPassword), random).toText();
    }

    /** What the server is told about all of them, as its configuration file. */
    String configuration(int port, String api) {
        return """
                issuer: http://localhost:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./signet"}
                log: {level: error}
                resources:
                  - {resource: "%s", scopes: [orders.write], default: true, token_lifetime: 10m}
                users:
                  - {sub: %s, username: %s, password_hash: "%s"}
                clients:
                  - client_id: %s
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [client_credentials, "urn:ietf:params:oauth:grant-type:jwt-bearer"]
                    scope: orders.write
                    jwks: %s
                  - client_id: %s
                    token_endpoint_auth_method: client_secret_basic
                    grant_types: [client_credentials]
                    scope: orders.write
                    client_secret: "%s"
                  - client_id: %s
                    client_name: The tea shop
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [authorization_code, refresh_token]
                    application_type: native
                    redirect_uris: ["http://127.0.0.1/callback"]
                    scope: orders.write
                    require_signed_request_object: true
                    require_pushed_authorization_requests: true
                    jwks: %s
                  - client_id: %s
                    client_name: The terminal
                    token_endpoint_auth_method: none
                    grant_types: [authorization_code]
                    application_type: native
                    redirect_uris: ["http://127.0.0.1/callback"]
                    scope: orders.write
                trusted_issuers:
                  - issuer: %s
                    algorithms: [RS256]
                    subjects: ["repo:acme/*"]
                    scope: orders.write
                    jwks: %s
                """.formatted(
                        port,
                        port,
                        api,
                        PERSON,
                        PERSON,
                        passwordHash,
                        REPORTER,
                        publicSet(reporterKey),
                        TESTER,
                        testerSecret,
                        SHOP,
                        publicSet(shopKey),
                        TERMINAL,
                        FOREIGN_ISSUER,
                        publicSet(foreignKey));
    }

    private static String publicSet(SigningKey key) {
        return JwkSet.of(List.of(key.verificationKey())).toJson();
    }

    /** Says "I am the reporter", to be used once. */
    String clientAssertion(Issuer server, Duration lifetime) {
        return assertion(REPORTER, reporterKey, server, lifetime);
    }

    /** Says "I am the shop", to be used once. */
    String shopAssertion(Issuer server, Duration lifetime) {
        return assertion(SHOP, shopKey, server, lifetime);
    }

    private String assertion(ClientId client, SigningKey key, Issuer server, Duration lifetime) {
        return JwtSigner.of(key, ClientAssertion.TYPE)
                .sign(ClientAssertion.claims(client, server, jwtId(), clock.instant(), lifetime));
    }

    /** How the shop authenticates. */
    ClientAuthentication shop() {
        return ClientAuthentication.privateKeyJwt(SHOP, shopKey);
    }

    /** What the shop signs with. */
    SigningKey shopKey() {
        return shopKey;
    }

    /** What the person signs in with. */
    String personsPassword() {
        return personsPassword;
    }

    /** What the foreign issuer gives one of its jobs. */
    String foreignAssertion(Issuer server, Duration lifetime) {
        return JwtSigner.of(foreignKey, AssertionGrant.TYPE)
                .sign(AssertionGrant.claims(
                        FOREIGN_ISSUER, FOREIGN_SUBJECT, server, jwtId(), clock.instant(), lifetime));
    }

    /** The secret of the client that is there for curl. */
    String testerSecret() {
        return testerSecret;
    }

    private String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets());
    }

    private JwtId jwtId() {
        return JwtId.of(octets());
    }

    private byte[] octets() {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return octets;
    }
}
