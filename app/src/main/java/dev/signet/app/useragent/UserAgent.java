package dev.signet.app.useragent;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;

/**
 * What a browser does when nobody lets it run scripts: it keeps cookies, follows redirects and sends forms. One is one person's
 * browser; it does one thing at a time.
 *
 * <pre>{@code
 * UserAgent browser = new UserAgent(redirectUri);
 * Page login = browser.open(begun.uri());
 * Page answer = browser.send(login, Map.of("username", "alice", "password", "wonderland"));
 * }</pre>
 */
public final class UserAgent {

    private static final int MOST_REDIRECTS = 10;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http;
    private final Set<String> clients;

    /** @param clients redirect URIs of clients, where it stops instead of asking there */
    public UserAgent(String... clients) {
        this(HttpClient.newHttpClient(), clients);
    }

    /**
     * One of many that share their connections, but not their cookies.
     *
     * @param http follows no redirects and has no cookies of its own
     */
    public UserAgent(HttpClient http, String... clients) {
        this.http = http;
        this.clients = Set.of(clients);
    }

    /** Goes to that address. */
    public Page open(URI address) throws IOException, InterruptedException {
        return go(HttpRequest.newBuilder(address).GET(), address);
    }

    /** Sends the form of a page that asks for all of this, filled in so; what is pressed is filled in as well. */
    public Page send(Page page, Map<String, String> filledIn) throws IOException, InterruptedException {
        Form form = page.forms().stream()
                .filter(candidate -> candidate.fillable().containsAll(filledIn.keySet()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(page + " has no form for " + filledIn.keySet()));
        String body = form.filled(filledIn);
        if (clients.contains(form.action().toString())) {
            return new Page(form.action(), 0, "", body);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(form.action())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", page.uri().getScheme() + "://" + page.uri().getRawAuthority())
                .POST(BodyPublishers.ofString(body));
        return go(request, form.action());
    }

    private Page go(HttpRequest.Builder request, URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(request, address);
        URI at = address;
        for (int redirects = 0; response.statusCode() / 100 == 3; redirects++) {
            // 307 and 308 would post again what was filled in (RFC 9700 §4.12).
            if (redirects == MOST_REDIRECTS || response.statusCode() > 303) {
                throw new IllegalStateException("a redirect too many, or with status " + response.statusCode());
            }
            at = at.resolve(response.headers().firstValue("Location").orElseThrow());
            String query = at.getRawQuery() == null ? "" : at.getRawQuery();
            if (clients.contains(at.toString().replaceFirst("\\?.*", ""))) {
                return new Page(at, 0, "", query);
            }
            response = exchange(HttpRequest.newBuilder(at).GET(), at);
        }
        return new Page(at, response.statusCode(), response.body(), "");
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request, URI address)
            throws IOException, InterruptedException {
        cookies.get(address, Map.of()).forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        cookies.put(address, response.headers().map());
        return response;
    }
}
