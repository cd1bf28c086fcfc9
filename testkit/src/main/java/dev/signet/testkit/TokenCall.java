package dev.signet.testkit;

import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A token request of which a test changes one thing before it is sent. Immutable: each change is a copy. */
public final class TokenCall {

    private final Function<ProtocolRequest, TokenAnswer> server;
    private final List<Map.Entry<String, String>> form;
    private final List<Map.Entry<String, String>> headers;

    private TokenCall(
            Function<ProtocolRequest, TokenAnswer> server,
            List<Map.Entry<String, String>> form,
            List<Map.Entry<String, String>> headers) {
        this.server = server;
        this.form = List.copyOf(form);
        this.headers = List.copyOf(headers);
    }

    /**
     * An empty request.
     *
     * @param server who answers it
     */
    static TokenCall to(Function<ProtocolRequest, TokenAnswer> server) {
        return new TokenCall(server, List.of(), List.of());
    }

    /** With a parameter of that value instead of all it had. */
    public TokenCall with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one more parameter of that name. */
    public TokenCall and(String name, String value) {
        return new TokenCall(server, plus(form, name, value), headers);
    }

    /** Without a parameter. */
    public TokenCall without(String name) {
        return new TokenCall(
                server,
                form.stream()
                        .filter(parameter -> !parameter.getKey().equals(name))
                        .toList(),
                headers);
    }

    /** With one more header field. */
    public TokenCall withHeader(String name, String value) {
        return new TokenCall(server, form, plus(headers, name, value));
    }

    /** With a client's secret in the {@code Authorization} header (RFC 6749 §2.3.1). */
    public TokenCall basic(ClientId clientId, String secret) {
        return withHeader("Authorization", BasicCredentials.encode(clientId, secret));
    }

    /** With a client's secret in the form (RFC 6749 §2.3.1). */
    public TokenCall post(ClientId clientId, String secret) {
        return with("client_id", clientId.value()).with("client_secret", secret);
    }

    /** With a client assertion (RFC 7523 §2.2). */
    public TokenCall assertion(TestJwt assertion) {
        return assertion(assertion.compact());
    }

    /** With whatever shall stand in the place of a client assertion. */
    public TokenCall assertion(String compact) {
        return with("client_assertion_type", ClientAssertion.ASSERTION_TYPE).with("client_assertion", compact);
    }

    /** The request as a listener would hand it in. */
    public ProtocolRequest toRequest() {
        ProtocolRequest.Builder request =
                ProtocolRequest.builder("POST", "/token").form(FormParameters.encode(form));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return request.build();
    }

    /** Sends it. */
    public TokenAnswer send() {
        return server.apply(toRequest());
    }

    private static List<Map.Entry<String, String>> plus(
            List<Map.Entry<String, String>> entries, String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(entries);
        more.add(Map.entry(name, value));
        return more;
    }

    /** Shows the names of the parameters. */
    @Override
    public String toString() {
        return "TokenCall with " + form.stream().map(Map.Entry::getKey).toList();
    }
}
