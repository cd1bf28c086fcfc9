package dev.signet.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Form posts over the JDK's own HTTP client, which knows nothing of OAuth. */
public final class TokenRequests {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sends the pairs {@code name, value, name, value, …} as a form. */
    public HttpResponse<String> post(URI endpoint, String... pairs) {
        String form = Stream.iterate(0, i -> i < pairs.length, i -> i + 2)
                .map(i -> encode(pairs[i]) + "=" + encode(pairs[i + 1]))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return send(request);
    }

    /** As {@link #post}, by a client that puts its secret into the form. */
    public HttpResponse<String> postAs(URI endpoint, String clientId, String secret, String... pairs) {
        Stream<String> credentials = Stream.of("client_id", clientId, "client_secret", secret);
        return post(endpoint, Stream.concat(Stream.of(pairs), credentials).toArray(String[]::new));
    }

    /** Sends a client-credentials request authenticated by this assertion. */
    public HttpResponse<String> withAssertion(URI endpoint, String assertion) {
        return post(
                endpoint,
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    public HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
