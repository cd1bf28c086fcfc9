package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.util.List;
import java.util.Optional;

/** A client that is registered without a way to authenticate and has named itself: anybody can (RFC 6749 §2.1). */
public final class PublicClient implements Caller {

    private final RegisteredClient registration;

    PublicClient(RegisteredClient registration) {
        this.registration = registration;
    }

    @Override
    public Optional<RegisteredClient> client() {
        return Optional.of(registration);
    }

    @Override
    public ClientAuthenticationMethod method() {
        return ClientAuthenticationMethod.NONE;
    }

    @Override
    public List<SingleUse> singleUses() {
        return List.of();
    }

    @Override
    public List<LeniencyUse> leniencies() {
        return List.of();
    }

    @Override
    public String toString() {
        return "PublicClient " + registration.clientId();
    }
}
