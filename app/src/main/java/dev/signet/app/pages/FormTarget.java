package dev.signet.app.pages;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a form goes, and what it brings along.
 *
 * @param path on this server
 * @param parameters those of the request that the page is about
 * @param client what the client is called that sent the user agent here
 */
record FormTarget(String path, List<Map.Entry<String, String>> parameters, Optional<String> client) {

    /** What the pages themselves ask; in a link, where anybody can put it, it counts for nothing. */
    private static final Set<String> OWN_FIELDS =
            Set.of("username", "password", FormToken.FIELD, "login", "cancel", "approve", "deny");

    /** The longest query that goes through all that may stand between a browser and here. */
    private static final int LONGEST_QUERY = 4000;

    FormTarget {
        parameters = List.copyOf(parameters);
    }

    static FormTarget of(String path, FormParameters request, String client) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        request.names().stream()
                .filter(name -> !OWN_FIELDS.contains(name))
                .forEach(name -> request.all(name).forEach(value -> parameters.add(Map.entry(name, value))));
        return new FormTarget(path, parameters, Optional.of(client));
    }

    /** All that a token is good for: this path with these parameters. */
    String content() {
        return path + "?" + FormParameters.encode(parameters);
    }

    List<Map<String, String>> fields() {
        return parameters.stream()
                .map(parameter -> Map.of("name", parameter.getKey(), "value", parameter.getValue()))
                .toList();
    }

    /** Sends the user agent there by GET, without what was filled in (RFC 9700 §4.12); empty if that would be too long. */
    Optional<ProtocolResponse.Builder> redirect() {
        String target = parameters.isEmpty() ? path : content();
        return target.length() > LONGEST_QUERY
                ? Optional.empty()
                : Optional.of(
                        PageTemplates.secured(ProtocolResponse.builder(303).header("Location", target)));
    }

    /** The path only. */
    @Override
    public String toString() {
        return "FormTarget " + path;
    }
}
