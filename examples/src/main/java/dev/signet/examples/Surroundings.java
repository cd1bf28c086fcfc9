package dev.signet.examples;

import dev.signet.client.OAuthClient;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What all the programs are told by variables of their environment. */
record Surroundings(Map<String, String> variables) {

    static Surroundings ofThisProcess() {
        return new Surroundings(System.getenv());
    }

    String require(String name) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("the environment variable " + name + " is not set"));
    }

    /** The authorization server, exactly as it writes itself. */
    Issuer issuer() {
        return Issuer.of(require("ISSUER"));
    }

    /** The API that is called. */
    URI api() {
        return URI.create(require("API"));
    }

    OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(issuer(), authentication)
                .outbound(outbound())
                .build();
    }

    /** Public hosts over https, and the internal {@code host:port} that {@code INTERNAL_HOST} names. */
    OutboundHttp outbound() {
        return OutboundHttp.builder()
                .allowHosts(Optional.ofNullable(variables.get("INTERNAL_HOST"))
                        .map(Set::of)
                        .orElse(Set.of()))
                .build();
    }

    /** Names only: the values may be secret. */
    @Override
    public String toString() {
        return "Surroundings " + variables.keySet();
    }
}
