package dev.signet.systemtests.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.TestJwt;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The running program, with a client for each method that signs and two trusted issuers. It remembers what was sent to it:
 * at the end none of it may be in the log.
 */
final class AttackedServer implements AutoCloseable {

    /** {@code private_key_jwt}, ES256. */
    static final ClientId REPORTER = new ClientId("reporter");

    /** {@code private_key_jwt}, RS256. */
    static final ClientId RSA_REPORTER = new ClientId("rsa-reporter");

    /** {@code private_key_jwt}, ES256: a registered client that attacks the others. */
    static final ClientId NEIGHBOUR = new ClientId("neighbour");

    /** A client that tests register as they need it. */
    static final ClientId TWO_KEYS = new ClientId("two-keys");

    /** {@code client_secret_jwt} with {@link #SECRET}. */
    static final ClientId MACER = new ClientId("macer");

    /** Presents the assertions of issuers. */
    static final String PRESENTER = "presenter";

    static final String SECRET = "a-secret-of-tests-that-is-long-enough-for-a-mac";
    static final String TRUSTED_ISSUER = "https://ci.example.com";
    static final String RSA_ISSUER = "https://rsa.example.com";
    static final String SUBJECT = "repo:acme/shop";
    static final String RESOURCE = "https://api.example.com/orders";

    private static final Duration LIFETIME = Duration.ofSeconds(120);

    /** Shorter parts than this are words, and may well be in the log. */
    private static final int TELLING = 40;

    private final ServerProcess process;
    private final Issuer issuer;
    private final TokenRequests http = new TokenRequests();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private boolean failuresExpected;

    private AttackedServer(ServerProcess process, Issuer issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** Starts it on a new embedded store. */
    static AttackedServer start(Path folder) {
        return start(folder, "");
    }

    /** Starts it on a new embedded store, with more lines of {@code clients}. */
    static AttackedServer start(Path folder, String clients) {
        int port = ServerProcess.freePort();
        return start(folder, port, issuerAt(port), "{url: \"jdbc:h2:file:./signet\"}", clients);
    }

    /** Starts a node at that port of the server that is known as that issuer, on that store. */
    static AttackedServer start(Path folder, int port, Issuer issuer, String store, String clients) {
        return new AttackedServer(ServerProcess.start(folder, yaml(port, issuer, store) + clients, port), issuer);
    }

    static Issuer issuerAt(int port) {
        return Issuer.of("http://127.0.0.1:" + port);
    }

    private static String yaml(int port, Issuer issuer, String store) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: %s
                outbound: {allow_hosts: ["127.0.0.1"]}
                resources:
                  - {resource: "%s", scopes: [orders.read], default: true, token_lifetime: 10m}
                trusted_issuers:
                  - {issuer: "%s", jwks: {keys: [%s]}, algorithms: [ES256], subjects: ["repo:acme/*"], scope: orders.read}
                  - {issuer: "%s", jwks: {keys: [%s]}, algorithms: [RS256], subjects: ["repo:acme/*"], scope: orders.read}
                clients:
                  - {client_id: %s, token_endpoint_auth_method: client_secret_post, client_secret: "%s", grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], scope: orders.read}
                  - {client_id: %s, token_endpoint_auth_method: client_secret_jwt, client_secret: "%s", grant_types: [client_credentials], scope: orders.read}
                %s%s%s""".formatted(
                        issuer,
                        port,
                        store,
                        RESOURCE,
                        TRUSTED_ISSUER,
                        publicJwk(FixedKeys.issuer()),
                        RSA_ISSUER,
                        publicJwk(FixedKeys.rs256()),
                        PRESENTER,
                        SECRET,
                        MACER,
                        SECRET,
                        keyClient(REPORTER, FixedKeys.client()),
                        keyClient(RSA_REPORTER, FixedKeys.rs256()),
                        keyClient(NEIGHBOUR, FixedKeys.stranger()));
    }

    private static String keyClient(ClientId clientId, SigningKey key) {
        return keyClient(clientId, "jwks: {keys: [" + publicJwk(key) + "]}");
    }

    /** A line of {@code clients} for a client with {@code private_key_jwt}. */
    static String keyClient(ClientId clientId, String keys) {
        return "  - {client_id: " + clientId + ", token_endpoint_auth_method: private_key_jwt, grant_types:"
                + " [client_credentials], scope: orders.read, introspect_own_tokens: true, " + keys + "}\n";
    }

    static String publicJwk(SigningKey key) {
        return key.verificationKey().toJwk().toJson();
    }

    Issuer issuer() {
        return issuer;
    }

    ServerProcess process() {
        return process;
    }

    /** A valid ES256 assertion for that use, with a {@code jti} of its own. */
    TestJwt assertion(Use use) {
        return use == Use.GRANT
                ? grantAssertion(TRUSTED_ISSUER, FixedKeys.issuer())
                : clientAssertion(REPORTER, FixedKeys.client());
    }

    /** A valid RS256 assertion for that use, with a {@code jti} of its own. */
    TestJwt rsaAssertion(Use use) {
        return use == Use.GRANT
                ? grantAssertion(RSA_ISSUER, FixedKeys.rs256())
                : clientAssertion(RSA_REPORTER, FixedKeys.rs256());
    }

    /** An assertion of that client about itself. */
    TestJwt clientAssertion(ClientId clientId, SigningKey key) {
        return TestJwt.of(ClientAssertion.claims(clientId, issuer, newId(), Instant.now(), LIFETIME), key)
                .withType(ClientAssertion.TYPE);
    }

    private TestJwt grantAssertion(String speaker, SigningKey key) {
        return TestJwt.of(AssertionGrant.claims(speaker, SUBJECT, issuer, newId(), Instant.now(), LIFETIME), key);
    }

    private static JwtId newId() {
        return new JwtId(UUID.randomUUID().toString());
    }

    /** Posts a form: name, value, name, value, …. */
    HttpResponse<String> post(String path, List<String> form) {
        sent.addAll(form);
        return http.post(process.uri(path), form.toArray(String[]::new));
    }

    /** Sends a token request with that assertion. */
    HttpResponse<String> send(Use use, String assertion) {
        return post("/token", use.form(assertion));
    }

    /**
     * Refuses each changed assertion, and takes the valid one after them: it was not wrong in any other way, and nothing was
     * recorded of those that share its {@code jti}.
     *
     * @param changed what is sent, by what was changed
     * @param reasons one of them is in the log for each: it was refused because of the change
     */
    void refuses(Use use, TestJwt valid, Map<String, String> changed, RefusalReason... reasons) {
        assertThat(changed).isNotEmpty();
        changed.forEach((change, assertion) -> {
            assertThat(assertion).as(change).isNotEqualTo(valid.compact());
            HttpResponse<String> response = send(use, assertion);
            assertRefused(use, change, response);
            assertThat(reasonOf(response)).as(change).isIn((Object[]) reasons);
        });
        assertIssued(send(use, valid.compact()));
    }

    /** Why a request was refused, as the log tells. */
    RefusalReason reasonOf(HttpResponse<String> response) {
        String correlation = response.headers().firstValue("X-Correlation-Id").orElseThrow();
        String reason = process.log()
                .lines()
                .filter(line -> line.contains(correlation) && line.contains("\"request-refused\""))
                .map(line -> JsonObject.parse(line).requireString("reason"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(RefusalReason.values())
                .filter(value -> value.id().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    static void assertIssued(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(JsonObject.parse(response.body()).findString("access_token")).isPresent();
    }

    static void assertRefused(Use use, String change, HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s: %s", change, response.body()).isEqualTo(use.status());
        JsonObject answer = JsonObject.parse(response.body());
        assertThat(answer.requireString("error")).as(change).isEqualTo(use.error());
        assertThat(answer.names()).as(change).containsOnly("error", "error_description");
        assertThat(answer.requireString("error_description"))
                .as(change)
                .hasSizeLessThan(200)
                .doesNotContain("eyJ");
    }

    /** From now on the program may tell of failures: something it needs is taken away. */
    void expectFailures() {
        failuresExpected = true;
    }

    /** Ends it; nothing of what was sent is in its log, and no failure unless one is expected. */
    @Override
    public void close() {
        process.close();
        String log = process.log();
        if (!failuresExpected) {
            assertThat(log).contains("ready: ").doesNotContain("Exception", "\tat ", "request-failed");
        }
        assertThat(log).doesNotContain(SECRET);
        assertThat(sent.stream()
                        .flatMap(text -> Arrays.stream(text.split("[. ,\\n\\t]", -1)))
                        .filter(part -> part.length() >= TELLING && part.indexOf(':') < 0))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(log.contains(part)).isFalse());
    }
}
