package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.TargetSelection;
import dev.signet.authorizationserver.requestobject.ReadRequest;
import dev.signet.authorizationserver.requestobject.RequestObjectReader;
import dev.signet.authorizationserver.requestobject.SentRequest;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An authorization request with what the rules have found out about it so far. For the thread of the request alone. */
final class Draft {

    final ClientRegistry clients;
    final TargetSelection targets;
    final RequestObjectReader reader;
    final RequestEndpoint endpoint;
    final FormParameters sentParameters;
    final Instant receivedAt;
    final List<LeniencyUse> leniencies = new ArrayList<>();
    Optional<CodeChallenge> codeChallenge = Optional.empty();
    List<ProtectedResource> resources = List.of();
    Scope scope = Scope.empty();

    private @Nullable RegisteredClient client;
    private @Nullable SentRequest sent;
    private @Nullable ReadRequest read;
    private @Nullable RedirectUri redirectUri;

    Draft(AuthorizationRequestRules rules, FormParameters sentParameters, Instant receivedAt) {
        this.clients = rules.clients;
        this.targets = rules.targets;
        this.reader = rules.reader;
        this.endpoint = rules.endpoint;
        this.sentParameters = sentParameters;
        this.receivedAt = receivedAt;
    }

    /** How it comes; known once it is known from whom. */
    SentRequest sent() {
        if (sent == null) {
            sent = reader.sent(client(), sentParameters, receivedAt);
        }
        return sent;
    }

    /** What counts of it; known once the request object was read. */
    ReadRequest read() {
        return Objects.requireNonNull(read, "read");
    }

    /** The parameters that count; known once the request object was read. */
    FormParameters parameters() {
        return read().parameters();
    }

    /** Whether the client sends it itself, or did. */
    boolean isPushed() {
        return endpoint == RequestEndpoint.PUSHED || read().isPushed();
    }

    /** Whose it is; known once the rules about the client were applied. */
    RegisteredClient client() {
        return Objects.requireNonNull(client, "client");
    }

    /** Where the answer goes; known once the rules about the client were applied. */
    RedirectUri redirectUri() {
        return Objects.requireNonNull(redirectUri, "redirectUri");
    }

    Draft of(RegisteredClient found) {
        this.client = found;
        return this;
    }

    Draft readAs(ReadRequest found) {
        this.read = found;
        return this;
    }

    Draft answeredAt(RedirectUri uri) {
        this.redirectUri = uri;
        return this;
    }

    /** Notes that only a switch of the client let it pass. */
    void usedLeniency(String name) {
        leniencies.add(new LeniencyUse(name, client().clientId().value()));
    }

    /** Whether it has {@code openid} among the scopes it asks for, well-formed or not. */
    boolean asksForOpenId() {
        return List.of(parameters().single(ParameterName.SCOPE).orElse("").split(" ", -1))
                .contains("openid");
    }
}
