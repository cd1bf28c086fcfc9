package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * Who sent a request, as far as that is established. Only {@link ClientAuthentication} makes one. Whatever a caller must not
 * be taken for is refused by the methods here: absent and wrong credentials are different things.
 */
public sealed interface Caller permits AuthenticatedClient, PublicClient, AnonymousCaller {

    /** The registered client, if the caller said who it is. */
    Optional<RegisteredClient> client();

    /** How the caller authenticated, which is how the client is registered to; by {@code none} if it did not. */
    ClientAuthenticationMethod method();

    /** Its assertion, which is still to be consumed with the rest of the request. */
    List<SingleUse> singleUses();

    /** The leniencies without which it would not be this caller. */
    List<LeniencyUse> leniencies();

    /**
     * The client, whether it has proven who it is or anybody may take its name.
     *
     * @throws OAuthException {@code invalid_client} if the caller did not say who it is
     */
    default RegisteredClient requireClient() {
        return client().orElseThrow(Caller::withoutCredentials);
    }

    /**
     * The client, if it has proven who it is.
     *
     * @throws OAuthException {@code invalid_client} if it has not
     */
    default AuthenticatedClient requireAuthenticated() {
        if (this instanceof AuthenticatedClient authenticated) {
            return authenticated;
        }
        throw withoutCredentials();
    }

    private static OAuthException withoutCredentials() {
        return OAuthException.invalidClient(
                RefusalReason.CLIENT_CREDENTIALS_MISSING, "the client has to authenticate for this");
    }
}
