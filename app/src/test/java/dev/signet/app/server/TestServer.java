package dev.signet.app.server;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A configuration with one client that has a key, a server that runs by it, and requests to that server. */
public final class TestServer {

    public static final Issuer ISSUER = Issuer.of("http://localhost:8080");
    public static final String API = "https://api.example.com";
    public static final String SECRET = "correct-horse-battery-staple-0123456789";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final SigningKey clientKey = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), RANDOM);
    private final Path folder;
    private String more = "";
    private String resource = "";

    public TestServer(Path folder) {
        this.folder = folder;
    }

    /** Adds lines to the configuration. */
    public TestServer with(String yaml) {
        more += yaml;
        return this;
    }

    /** Says more about the resource. */
    public TestServer withResource(String keys) {
        resource = ", " + keys;
        return this;
    }

    /** Writes the configuration file. */
    public Path config() throws IOException {
        String yaml = """
                issuer: %s
                listen: {host: 127.0.0.1, port: 0}
                store: {url: "jdbc:h2:file:./signet"}
                resources:
                  - {resource: "%s", scopes: [orders.read], default: true%s}
                clients:
                  - {client_id: reporter, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials], scope: orders.read, jwks: %s}
                  - {client_id: shop, client_secret: "%s", token_endpoint_auth_method: client_secret_basic, grant_types: [client_credentials], scope: orders.read}
                %s
                """.formatted(
                        ISSUER,
                        API,
                        resource,
                        JwkSet.of(List.of(clientKey.verificationKey())).toJson(),
                        SECRET,
                        more);
        return Files.writeString(folder.resolve("signet.yaml"), yaml);
    }

    public RunningServer start() throws IOException {
        return startFrom(config());
    }

    /** Starts a server by a configuration file. */
    public static RunningServer startFrom(Path config) {
        Settings settings =
                ConfigFile.parse(config, Environment.of(Map.of())).read(CryptoChoice.JDK::select, Clock.systemUTC());
        return RunningServer.start(
                settings,
                ServerStores.open(settings.store(), CryptoProvider.jdk(), Clock.systemUTC(), RANDOM),
                Clock.systemUTC(),
                RANDOM);
    }

    /** An assertion of the client, good for one use. */
    public String clientAssertion() {
        byte[] octets = new byte[16];
        RANDOM.nextBytes(octets);
        return JwtSigner.of(clientKey, ClientAssertion.TYPE)
                .sign(ClientAssertion.claims(
                        new ClientId("reporter"),
                        ISSUER,
                        JwtId.of(octets),
                        Clock.systemUTC().instant(),
                        Duration.ofSeconds(60)));
    }

    public static String form(String assertion) {
        return FormParameters.encode(List.of(
                Map.entry("grant_type", "client_credentials"),
                Map.entry("client_assertion_type", ClientAssertion.ASSERTION_TYPE),
                Map.entry("client_assertion", assertion)));
    }

    public static HttpResponse<String> requestToken(int port, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Asks as the client that has a secret. */
    public static HttpResponse<String> requestTokenWithSecret(int port) throws IOException, InterruptedException {
        return requestTokenWithSecret(port, "shop", SECRET);
    }

    public static HttpResponse<String> requestTokenWithSecret(int port, String clientId, String secret)
            throws IOException, InterruptedException {
        return post(
                port,
                "/token",
                BasicCredentials.encode(new ClientId(clientId), secret),
                "grant_type=client_credentials");
    }

    /** Sends a form as the client that has a secret. */
    public static HttpResponse<String> postWithSecret(int port, String path, String form)
            throws IOException, InterruptedException {
        return post(port, path, BasicCredentials.encode(new ClientId("shop"), SECRET), form);
    }

    private static HttpResponse<String> post(int port, String path, String authorization, String form)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    public static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static JsonObject json(HttpResponse<String> response) {
        return JsonObject.parse(response.body());
    }
}
