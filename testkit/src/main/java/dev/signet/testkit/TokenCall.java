package dev.signet.testkit;

import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.ProtocolRequest;
import java.util.function.Function;

/** A token request of which a test changes one thing before it is sent. Immutable: each change is a copy. */
public final class TokenCall {

    private final Function<ProtocolRequest, TokenAnswer> server;
    private final RequestParts parts;

    private TokenCall(Function<ProtocolRequest, TokenAnswer> server, RequestParts parts) {
        this.server = server;
        this.parts = parts;
    }

    /**
     * An empty request.
     *
     * @param server who answers it
     */
    static TokenCall to(Function<ProtocolRequest, TokenAnswer> server) {
        return new TokenCall(server, RequestParts.NONE);
    }

    /** With a parameter of that value instead of all it had. */
    public TokenCall with(String name, String value) {
        return new TokenCall(server, parts.with(name, value));
    }

    /** With one more parameter of that name. */
    public TokenCall and(String name, String value) {
        return new TokenCall(server, parts.and(name, value));
    }

    /** Without a parameter. */
    public TokenCall without(String name) {
        return new TokenCall(server, parts.without(name));
    }

    /** With one more header field. */
    public TokenCall withHeader(String name, String value) {
        return new TokenCall(server, parts.withHeader(name, value));
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
        return parts.build(ProtocolRequest.builder("POST", "/token").form(parts.encoded()));
    }

    /** Sends it. */
    public TokenAnswer send() {
        return server.apply(toRequest());
    }

    /** Shows the names of the parameters. */
    @Override
    public String toString() {
        return "TokenCall with " + parts;
    }
}
