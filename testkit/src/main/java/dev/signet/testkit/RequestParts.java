package dev.signet.testkit;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a request is made of that tests change one thing of. Immutable: each change is a copy. */
record RequestParts(List<Map.Entry<String, String>> parameters, List<Map.Entry<String, String>> headers) {

    static final RequestParts NONE = new RequestParts(List.of(), List.of());

    RequestParts with(String name, String value) {
        return without(name).and(name, value);
    }

    RequestParts and(String name, String value) {
        return new RequestParts(plus(parameters, name, value), headers);
    }

    RequestParts without(String name) {
        return new RequestParts(
                parameters.stream()
                        .filter(parameter -> !parameter.getKey().equals(name))
                        .toList(),
                headers);
    }

    RequestParts withHeader(String name, String value) {
        return new RequestParts(parameters, plus(headers, name, value));
    }

    /** The parameters as a form or query. */
    String encoded() {
        return FormParameters.encode(parameters);
    }

    /** The request with the headers. */
    ProtocolRequest build(ProtocolRequest.Builder request) {
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return request.build();
    }

    private static List<Map.Entry<String, String>> plus(
            List<Map.Entry<String, String>> entries, String name, String value) {
        return Stream.concat(entries.stream(), Stream.of(Map.entry(name, value)))
                .toList();
    }

    /** The names of the parameters. */
    @Override
    public String toString() {
        return parameters.stream().map(Map.Entry::getKey).toList().toString();
    }
}
