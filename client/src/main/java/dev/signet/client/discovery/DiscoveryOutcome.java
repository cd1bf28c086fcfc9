package dev.signet.client.discovery;

import dev.signet.client.TokenRequest;
import dev.signet.core.Issuer;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.ProtectedResourceMetadata;

/** What came of looking for the authorization server of a protected resource. */
public sealed interface DiscoveryOutcome {

    /**
     * An authorization server that is expected, and that the resource takes tokens of.
     *
     * @param resource what the resource says about itself
     * @param authorizationServer what the first expected one of its authorization servers says about itself
     * @param contradicted true if that server publishes a list of its resources, and this one is not on it (RFC 9728 §4)
     */
    record Found(
            ProtectedResourceMetadata resource, AuthorizationServerMetadata authorizationServer, boolean contradicted)
            implements DiscoveryOutcome {

        /** Whom to ask for a token. */
        public Issuer issuer() {
            return authorizationServer.issuer();
        }

        /** A request for a token of the client itself, which is good at this resource only (RFC 9728 §7.4, RFC 8707 §2). */
        public TokenRequest clientCredentials() {
            return TokenRequest.clientCredentials().withResource(resource.resource());
        }
    }

    /**
     * What was found must not be used. Somebody has to look into it.
     *
     * @param detail why, in a sentence for the log; holds nothing of the document
     */
    record Discarded(String detail) implements DiscoveryOutcome {}

    /**
     * A document could not be fetched. Asking again later may help.
     *
     * @param detail why, in a sentence for the log
     */
    record Unreachable(String detail) implements DiscoveryOutcome {}
}
