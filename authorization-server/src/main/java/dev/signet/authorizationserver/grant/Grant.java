package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.clientauth.Caller;
import java.util.Set;

/** One value of {@code grant_type} and its rules. Thread-safe. */
public interface Grant {

    /** The value of {@code grant_type}. */
    String type();

    /** The parameters it reads, besides those of client authentication, {@code scope} and {@code resource}. */
    Set<String> parameters();

    /**
     * Applies the rules of the grant, and ends with {@link Gate#approve}, which is the only way to an approval.
     *
     * @param caller who sent the request
     * @throws dev.signet.core.error.OAuthException if the rules are not met
     */
    Approval authorize(TokenRequest request, Caller caller);
}
