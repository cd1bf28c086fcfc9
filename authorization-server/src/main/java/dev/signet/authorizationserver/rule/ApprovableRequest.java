package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.http.FormParameters;
import java.util.List;
import java.util.Optional;

/**
 * An authorization request that satisfies every rule: the resource owner may approve it. Holding one is the proof that this was
 * checked.
 */
public final class ApprovableRequest {

    private final RedirectableRequest redirectable;
    private final Scope scope;
    private final List<ProtectedResource> resources;
    private final Optional<CodeChallenge> codeChallenge;
    private final List<LeniencyUse> leniencies;

    ApprovableRequest(
            RedirectableRequest redirectable,
            Scope scope,
            List<ProtectedResource> resources,
            Optional<CodeChallenge> codeChallenge,
            List<LeniencyUse> leniencies) {
        this.redirectable = redirectable;
        this.scope = scope;
        this.resources = List.copyOf(resources);
        this.codeChallenge = codeChallenge;
        this.leniencies = List.copyOf(leniencies);
    }

    /** Where the answer goes, and how. */
    public RedirectableRequest redirectable() {
        return redirectable;
    }

    /** What was asked for; see {@link RedirectableRequest#parameters()}. */
    public FormParameters parameters() {
        return redirectable.parameters();
    }

    /** Who asks. */
    public RegisteredClient client() {
        return redirectable.client();
    }

    /** What is asked for: each scope belongs to one of the resources, and the client may have it. */
    public Scope scope() {
        return scope;
    }

    /** Where; one at least, all of them enabled. */
    public List<ProtectedResource> resources() {
        return resources;
    }

    /** What the verifier must give; absent only for a client that may go without (RFC 7636 §4.4.1). */
    public Optional<CodeChallenge> codeChallenge() {
        return codeChallenge;
    }

    /** The leniencies without which it would break a rule. */
    public List<LeniencyUse> leniencies() {
        return leniencies;
    }

    /** The client and the scope. */
    @Override
    public String toString() {
        return "ApprovableRequest of " + client().clientId() + ", scope " + scope;
    }
}
