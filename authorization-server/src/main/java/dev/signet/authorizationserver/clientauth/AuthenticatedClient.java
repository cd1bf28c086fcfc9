package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.util.List;
import java.util.Optional;

/**
 * A client that has proven who it is: holding one is the proof. If it did so with an assertion, that is consumed when the rest
 * of the request has been found in order, so that a refused request does not use it up.
 */
public final class AuthenticatedClient implements Caller {

    private final RegisteredClient registration;
    private final List<SingleUse> singleUses;
    private final List<LeniencyUse> leniencies;

    AuthenticatedClient(RegisteredClient registration, List<SingleUse> singleUses, List<LeniencyUse> leniencies) {
        this.registration = registration;
        this.singleUses = singleUses;
        this.leniencies = leniencies;
    }

    /** Its registration. */
    public RegisteredClient registration() {
        return registration;
    }

    @Override
    public Optional<RegisteredClient> client() {
        return Optional.of(registration);
    }

    @Override
    public ClientAuthenticationMethod method() {
        return registration.authenticationMethod();
    }

    @Override
    public List<SingleUse> singleUses() {
        return singleUses;
    }

    @Override
    public List<LeniencyUse> leniencies() {
        return leniencies;
    }

    @Override
    public String toString() {
        return "AuthenticatedClient " + registration.clientId();
    }
}
