package dev.signet.app.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authorization server where everybody who comes approves at once. */
public final class CodeFlowServer implements AutoCloseable {

    private final HttpServer server;
    private final List<FormParameters> exchanged = new CopyOnWriteArrayList<>();
    private volatile String answer = "code=c0de";
    private volatile String challenge = "";
    private final List<FormParameters> pushed = new CopyOnWriteArrayList<>();
    private final Map<String, Object> offers = new ConcurrentHashMap<>(Map.of(
            "authorization_response_iss_parameter_supported",
            true,
            "code_challenge_methods_supported",
            List.of("S256")));
    private volatile FormParameters authorized = FormParameters.empty();

    /** Listens on a port of the loopback address. */
    public CodeFlowServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/oauth-authorization-server", exchange -> send(exchange, 200, metadata()));
        server.createContext("/par", this::push);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** What the response says besides {@code state} and {@code iss}: unless set, that there is a code. */
    public void answers(String parameters) {
        answer = parameters;
    }

    /** Lets its metadata say that. */
    public void offers(String member, Object value) {
        offers.put(member, value);
    }

    /** Lets it have an endpoint to push to. */
    public void offersPushing() {
        offers("pushed_authorization_request_endpoint", issuer() + "/par");
    }

    /** Lets its metadata say nothing of PKCE, which it has all the same. */
    public void doesNotSayThatItHasPkce() {
        offers.remove("code_challenge_methods_supported");
    }

    /** What the browser brought last. */
    public FormParameters authorized() {
        return authorized;
    }

    /** What was pushed. */
    public List<FormParameters> pushed() {
        return pushed;
    }

    private JsonObject metadata() {
        JsonObject.Builder metadata = JsonObject.builder()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token");
        offers.forEach(metadata::put);
        return metadata.build();
    }

    /** Its issuer identifier. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The requests to the token endpoint. */
    public List<FormParameters> exchanged() {
        return exchanged;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        authorized = FormParameters.parse(exchange.getRequestURI().getRawQuery());
        FormParameters sent = authorized.single("request_uri").isPresent() ? pushed.get(pushed.size() - 1) : authorized;
        FormParameters request =
                sent.single("request").map(CodeFlowServer::inside).orElse(sent);
        challenge = request.require("code_challenge");
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        request.require("redirect_uri") + "?" + answer + "&state=" + request.require("state") + "&iss="
                                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private static FormParameters inside(String requestObject) {
        String payload = requestObject.split("\\.")[1];
        JsonObject claims = JsonObject.parse(Base64.getUrlDecoder().decode(payload));
        return FormParameters.of(Map.of(
                "redirect_uri", List.of(claims.requireString("redirect_uri")),
                "state", List.of(claims.requireString("state")),
                "code_challenge", List.of(claims.requireString("code_challenge"))));
    }

    private void push(HttpExchange exchange) throws IOException {
        pushed.add(FormParameters.parse(exchange.getRequestBody().readAllBytes()));
        send(
                exchange,
                201,
                JsonObject.builder()
                        .put("request_uri", "urn:example:" + pushed.size())
                        .put("expires_in", 90)
                        .build());
    }

    private void token(HttpExchange exchange) throws IOException {
        FormParameters form = FormParameters.parse(exchange.getRequestBody().readAllBytes());
        exchanged.add(form);
        boolean isGood = form.require("code").equals("c0de")
                && new CodeChallenge(challenge).isOf(new CodeVerifier(form.require("code_verifier")));
        send(
                exchange,
                isGood ? 200 : 400,
                isGood
                        ? JsonObject.builder()
                                .put("access_token", "t0ken")
                                .put("token_type", "Bearer")
                                .put("expires_in", 600)
                                .put("refresh_token", "r3fresh")
                                .build()
                        : JsonObject.builder().put("error", "invalid_grant").build());
    }

    private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
        byte[] body = json.toBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
