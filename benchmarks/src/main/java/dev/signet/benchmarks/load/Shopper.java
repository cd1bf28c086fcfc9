package dev.signet.benchmarks.load;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A user with a browser, and the shop that it comes from. */
final class Shopper {

    static final String PASSWORD = "correct horse battery staple";

    private final HttpClient http;
    private final LoadedServer server;
    private final SecureRandom random;
    private final Shop shop;
    private final UserAgent browser;
    private final String user;

    Shopper(HttpClient http, LoadedServer server, SecureRandom random, Shop shop, String user) {
        this.http = http;
        this.server = server;
        this.random = random;
        this.shop = shop;
        this.browser = new UserAgent(http, Shop.REDIRECT_URI);
        this.user = user;
    }

    /** From the authorization request to the token; signs in and approves where that is asked for. */
    void buy(RequestKind kind) throws IOException, InterruptedException {
        CodeVerifier verifier = CodeVerifier.drawnFrom(random::nextBytes);
        Page page = browser.open(URI.create(server.url("/authorize?") + FormParameters.encode(query(kind, verifier))));
        if (page.asksFor("password")) {
            page = browser.send(page, Map.of("username", user, "password", PASSWORD, "login", ""));
        }
        if (page.asksFor("approve")) {
            page = browser.send(page, Map.of("approve", ""));
        }
        Page last = page;
        String code = FormParameters.parse(page.response())
                .single("code")
                .orElseThrow(() -> new IOException("no code came: " + last + ", error "
                        + FormParameters.parse(last.response()).single("error")));
        exchange(code, verifier);
    }

    private List<Map.Entry<String, String>> query(RequestKind kind, CodeVerifier verifier)
            throws IOException, InterruptedException {
        List<Map.Entry<String, String>> parameters = List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", Shop.ID.value()),
                Map.entry("redirect_uri", Shop.REDIRECT_URI),
                Map.entry("scope", "orders.read"),
                Map.entry("state", "af0ifjsldkj"),
                Map.entry("code_challenge", verifier.challenge().value()),
                Map.entry("code_challenge_method", CodeChallenge.METHOD));
        if (kind == RequestKind.PLAIN) {
            return parameters;
        }
        String answer = post("/par", 201, kind == RequestKind.PUSHED ? parameters : shop.signed(parameters));
        String requestUri = JsonObject.parse(answer).requireString("request_uri");
        return List.of(Map.entry("client_id", Shop.ID.value()), Map.entry("request_uri", requestUri));
    }

    private void exchange(String code, CodeVerifier verifier) throws IOException, InterruptedException {
        post(
                "/token",
                200,
                List.of(
                        Map.entry("grant_type", "authorization_code"),
                        Map.entry("code", code),
                        Map.entry("redirect_uri", Shop.REDIRECT_URI),
                        Map.entry("code_verifier", verifier.value())));
    }

    private String post(String path, int expected, List<Map.Entry<String, String>> form)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(FormParameters.encode(shop.authenticated(form))))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException(path + " answered " + response.statusCode());
        }
        return response.body();
    }
}
