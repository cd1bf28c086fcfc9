package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.requestobject.ReadRequest;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.http.FormParameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An authorization request of a known client with a redirect URI of its own: whatever becomes of it, the answer may be sent there
 * (RFC 6749 §4.1.2.1). Holding one is the proof that this was checked.
 */
public final class RedirectableRequest {

    private final ReadRequest read;
    private final RegisteredClient client;
    private final RedirectUri redirectUri;
    private final ResponseMode responseMode;
    private final Optional<String> state;
    private final Instant receivedAt;
    private final List<LeniencyUse> leniencies;

    RedirectableRequest(
            ReadRequest read,
            RegisteredClient client,
            RedirectUri redirectUri,
            ResponseMode responseMode,
            Optional<String> state,
            Instant receivedAt,
            List<LeniencyUse> leniencies) {
        this.read = read;
        this.client = client;
        this.redirectUri = redirectUri;
        this.responseMode = responseMode;
        this.state = state;
        this.receivedAt = receivedAt;
        this.leniencies = List.copyOf(leniencies);
    }

    /**
     * What was asked for: the parameters that count, however they came. Those of a request that came as parameters hold the fields of a
     * page that was shown as well, a password too.
     */
    public FormParameters parameters() {
        return read.parameters();
    }

    /**
     * What a page has to send again to ask for the same. The fields of a page that was shown may be among it, a password too: they are
     * not to be sent again.
     */
    public FormParameters resent() {
        return read.resent().get();
    }

    /** How it came. */
    public ReadRequest read() {
        return read;
    }

    /** Who asks. */
    public RegisteredClient client() {
        return client;
    }

    /** Where the answer is sent. */
    public RedirectUri redirectUri() {
        return redirectUri;
    }

    /** How it is sent there. */
    public ResponseMode responseMode() {
        return responseMode;
    }

    /** {@code state}, to be sent back as it came. */
    public Optional<String> state() {
        return state;
    }

    /** The time that everything about this request is judged by. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The leniencies without which the answer could not be sent. */
    public List<LeniencyUse> leniencies() {
        return leniencies;
    }

    /** The client only: parameters may be secret. */
    @Override
    public String toString() {
        return "RedirectableRequest of " + client.clientId();
    }
}
