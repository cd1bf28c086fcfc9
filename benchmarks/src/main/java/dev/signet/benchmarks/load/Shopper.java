package dev.signet.benchmarks.load;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.http.FormParameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A user with a browser, and the client that sends it: public, with PKCE, without a library. */
final class Shopper {

    static final String PASSWORD = "correct horse battery staple";
    static final String CLIENT = "shop";
    static final String REDIRECT_URI = "https://shop.example.com/callback";

    private final HttpClient http;
    private final LoadedServer server;
    private final SecureRandom random;
    private final UserAgent browser;
    private final String user;

    Shopper(HttpClient http, LoadedServer server, SecureRandom random, String user) {
        this.http = http;
        this.server = server;
        this.random = random;
        this.browser = new UserAgent(http, REDIRECT_URI);
        this.user = user;
    }

    /** From the authorization request to the token; signs in and approves where that is asked for. */
    void buy() throws IOException, InterruptedException {
        CodeVerifier verifier = CodeVerifier.drawnFrom(random::nextBytes);
        Page page = browser.open(URI.create(server.url("/authorize?") + query(verifier)));
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

    private static String query(CodeVerifier verifier) {
        return FormParameters.encode(List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", CLIENT),
                Map.entry("redirect_uri", REDIRECT_URI),
                Map.entry("scope", "orders.read"),
                Map.entry("state", "af0ifjsldkj"),
                Map.entry("code_challenge", verifier.challenge().value()),
                Map.entry("code_challenge_method", CodeChallenge.METHOD)));
    }

    private void exchange(String code, CodeVerifier verifier) throws IOException, InterruptedException {
        String form = FormParameters.encode(List.of(
                Map.entry("grant_type", "authorization_code"),
                Map.entry("client_id", CLIENT),
                Map.entry("code", code),
                Map.entry("redirect_uri", REDIRECT_URI),
                Map.entry("code_verifier", verifier.value())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url("/token")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("the token endpoint answered " + status);
        }
    }
}
