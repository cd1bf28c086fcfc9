package dev.signet.core.clientauth;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one request carries so that the server knows its client: a header or form parameters, never both.
 *
 * @param authorization the value of the {@code Authorization} header
 * @param parameters names and values of form parameters
 */
public record RequestCredentials(Optional<String> authorization, List<Map.Entry<String, String>> parameters) {

    /** @throws IllegalArgumentException if there are both (RFC 6749 §2.3) */
    public RequestCredentials {
        parameters = List.copyOf(parameters);
        if (authorization.isPresent() && !parameters.isEmpty()) {
            throw new IllegalArgumentException("a request authenticates its client in one way only");
        }
    }

    static RequestCredentials header(String authorization) {
        return new RequestCredentials(Optional.of(authorization), List.of());
    }

    static RequestCredentials form(List<Map.Entry<String, String>> parameters) {
        return new RequestCredentials(Optional.empty(), parameters);
    }

    /** The header fields that carry them; none if they are in the form. */
    public List<Header> headers() {
        return authorization
                .map(value -> List.of(new Header("Authorization", value)))
                .orElse(List.of());
    }

    /**
     * The body of a form that carries them, if they are not in the header.
     *
     * @param parameters what the form says besides; what is among the credentials as well is sent once
     */
    public byte[] body(List<Map.Entry<String, String>> parameters) {
        List<Map.Entry<String, String>> form = new ArrayList<>(parameters);
        this.parameters.stream()
                .filter(parameter -> !parameters.contains(parameter))
                .forEach(form::add);
        return FormParameters.encode(form).getBytes(StandardCharsets.US_ASCII);
    }

    /** Hides all values. */
    @Override
    public String toString() {
        return authorization.isPresent()
                ? "RequestCredentials in a header"
                : "RequestCredentials"
                        + parameters.stream().map(Map.Entry::getKey).toList();
    }
}
