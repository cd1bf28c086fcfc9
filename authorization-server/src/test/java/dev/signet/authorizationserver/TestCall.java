package dev.signet.authorizationserver;

import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A token request that can be changed before it is sent. */
final class TestCall {

    private final Fixture fixture;
    private final String path;
    private final List<Map.Entry<String, String>> form = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    TestCall(Fixture fixture) {
        this(fixture, "/token");
    }

    TestCall(Fixture fixture, String path) {
        this.fixture = fixture;
        this.path = path;
    }

    /** Sets a parameter. */
    TestCall with(String name, String value) {
        without(name);
        return and(name, value);
    }

    /** Adds a parameter, even if it is there already. */
    TestCall and(String name, String value) {
        form.add(Map.entry(name, value));
        return this;
    }

    TestCall without(String name) {
        form.removeIf(parameter -> parameter.getKey().equals(name));
        return this;
    }

    TestCall header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    TestCall basic(String clientId, String secret) {
        return header("Authorization", BasicCredentials.encode(new ClientId(clientId), secret));
    }

    TestCall assertion(String compact) {
        return with("client_assertion_type", ClientAssertion.ASSERTION_TYPE).with("client_assertion", compact);
    }

    TestCall assertion(TestAssertion assertion) {
        return assertion(assertion.compact());
    }

    ProtocolRequest toRequest() {
        ProtocolRequest.Builder request = ProtocolRequest.builder("POST", path).form(FormParameters.encode(form));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return request.build();
    }

    TestAnswer send() {
        return fixture.send(toRequest());
    }
}
