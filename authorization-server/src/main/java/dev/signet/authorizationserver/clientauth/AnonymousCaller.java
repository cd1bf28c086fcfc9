package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.util.List;
import java.util.Optional;

/** Somebody who did not say who they are. */
public final class AnonymousCaller implements Caller {

    AnonymousCaller() {}

    @Override
    public Optional<RegisteredClient> client() {
        return Optional.empty();
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
        return "AnonymousCaller";
    }
}
