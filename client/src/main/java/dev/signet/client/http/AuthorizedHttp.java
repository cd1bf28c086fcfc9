package dev.signet.client.http;

import dev.signet.client.FailureException;
import dev.signet.client.IssuedToken;
import dev.signet.client.Outcome;
import dev.signet.client.TokenSource;
import dev.signet.core.http.ReceivedChallenge;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Sends requests with an access token to the origins it is for, and refuses to send any other (RFC 6750 §5.3). Thread-safe.
 *
 * <pre>{@code
 * AuthorizedHttp orders = AuthorizedHttp.builder(HttpClient.newHttpClient(), TokenSource.of(client, request))
 *         .origin(URI.create("https://api.example.com"))
 *         .build();
 * HttpResponse<String> response = orders.send(call, HttpResponse.BodyHandlers.ofString());
 * }</pre>
 *
 * <p>A token that the resource calls invalid is let go, and the request is sent once more with another; its body must then be
 * one that can be sent twice, as all those of {@code BodyPublishers} are. Redirects are not followed: the answer is given as
 * it is, and where it leads is for the caller to decide.
 */
public final class AuthorizedHttp {

    private static final int UNAUTHORIZED = 401;
    private static final String AUTHORIZATION = "Authorization";

    private final HttpClient http;
    private final TokenSource tokens;
    private final Set<String> origins;

    private AuthorizedHttp(Builder builder) {
        this.http = builder.http;
        this.tokens = builder.tokens;
        this.origins = Set.copyOf(builder.origins);
    }

    /**
     * Starts one.
     *
     * @param http what sends; it checks certificates and follows no redirects, which is how it comes
     */
    public static Builder builder(HttpClient http, TokenSource tokens) {
        return new Builder(http, tokens);
    }

    /**
     * Sends a request with the token.
     *
     * @throws IllegalArgumentException if it goes to an origin that the token is not for, or has an {@code Authorization} of its
     *     own; nothing is sent
     * @throws FailureException if there is no token; nothing is sent
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        requireFit(request);
        IssuedToken token = tokens.token().require();
        HttpResponse<T> response = http.send(with(request, token), handler);
        if (!isInvalid(response)) {
            return response;
        }
        tokens.invalidate(token);
        closeUnread(response.body());
        return http.send(with(request, tokens.token().require()), handler);
    }

    /**
     * As {@link #send}; no thread waits while the API answers. What {@code send} throws for want of a token the future has.
     *
     * @throws IllegalArgumentException as {@code send} does, at once
     */
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        requireFit(request);
        return tokens.tokenAsync()
                .thenCompose(first -> sendAsync(request, handler, first).thenCompose(response -> {
                    if (!isInvalid(response)) {
                        return CompletableFuture.completedFuture(response);
                    }
                    first.value().ifPresent(tokens::invalidate);
                    try {
                        closeUnread(response.body());
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                    return tokens.tokenAsync().thenCompose(second -> sendAsync(request, handler, second));
                }));
    }

    private <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, Outcome<IssuedToken> token) {
        try {
            return http.sendAsync(with(request, token.require()), handler);
        } catch (FailureException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** An answer that nobody gets to see holds its connection until it is read or closed, where it is read as it comes. */
    private static void closeUnread(Object body) throws IOException {
        if (body instanceof InputStream stream) {
            stream.close();
        } else if (body instanceof Stream<?> lines) {
            lines.close();
        }
    }

    private void requireFit(HttpRequest request) {
        if (!origins.contains(origin(request.uri()))) {
            throw new IllegalArgumentException("the token is not for the origin of the request");
        }
        if (request.headers().firstValue(AUTHORIZATION).isPresent()) {
            throw new IllegalArgumentException("the request has an Authorization header of its own");
        }
    }

    private static HttpRequest with(HttpRequest request, IssuedToken token) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(AUTHORIZATION, token.authorization())
                .build();
    }

    /** Only then is another token worth trying (RFC 6750 §3.1). */
    private static boolean isInvalid(HttpResponse<?> response) {
        return response.statusCode() == UNAUTHORIZED
                && ReceivedChallenge.parse(response.headers().allValues("WWW-Authenticate")).stream()
                        .filter(challenge -> challenge.scheme().equals("bearer"))
                        .anyMatch(challenge -> challenge.find("error").equals(Optional.of("invalid_token")));
    }

    /** Scheme, host and port, as equal as RFC 6454 §5 has them. */
    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** The origins. */
    @Override
    public String toString() {
        return "AuthorizedHttp for " + origins;
    }

    /** Says which token goes where. {@link #build()} reports all that is wrong at once. */
    public static final class Builder {

        private final HttpClient http;
        private final TokenSource tokens;
        private final Set<String> origins = new LinkedHashSet<>();
        private final List<String> faults = new ArrayList<>();

        private Builder(HttpClient http, TokenSource tokens) {
            this.http = http;
            this.tokens = tokens;
        }

        /** An origin that the token is for: {@code https}, a host and perhaps a port. At least one must be given. */
        public Builder origin(URI allowed) {
            return add(allowed, "https");
        }

        /** An origin without TLS, for a test on this machine: a token that is sent there can be read on the way. */
        public Builder insecureOrigin(URI allowed) {
            return add(allowed, "http");
        }

        private Builder add(URI allowed, String scheme) {
            boolean bare = (allowed.getRawPath() == null
                            || allowed.getRawPath().isEmpty()
                            || allowed.getRawPath().equals("/"))
                    && allowed.getRawQuery() == null
                    && allowed.getRawFragment() == null
                    && allowed.getRawUserInfo() == null
                    && allowed.getHost() != null;
            if (!bare || !scheme.equalsIgnoreCase(allowed.getScheme())) {
                faults.add("an origin must be " + scheme + ", a host and perhaps a port");
            } else {
                origins.add(AuthorizedHttp.origin(allowed));
            }
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public AuthorizedHttp build() {
            List<String> found = new ArrayList<>(faults);
            if (origins.isEmpty() && faults.isEmpty()) {
                found.add("there is no origin that the token is for");
            }
            if (http.followRedirects() != HttpClient.Redirect.NEVER) {
                // The JDK's client sends the header along to wherever a redirect leads.
                found.add("the HTTP client follows redirects");
            }
            if (!found.isEmpty()) {
                throw new IllegalArgumentException("authorized HTTP: " + String.join("; ", found));
            }
            return new AuthorizedHttp(this);
        }
    }
}
