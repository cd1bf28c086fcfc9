package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.util.Optional;

/**
 * Says whether a subject has granted a client what it asks for with an assertion (RFC 7521 §4.1). Replace it where people or their
 * organization give and take such permission; without it the registrations decide alone.
 *
 * <pre>{@code
 * SubjectPermission granted = request ->
 *         request.account().isPresent() && consents.has(request.client(), request.subject(), request.scope());
 * }</pre>
 *
 * <p>It is asked last, when everything else was found in order. Thread-safe.
 */
@FunctionalInterface
public interface SubjectPermission {

    /**
     * Whether the client may have that.
     *
     * @return false to refuse it, with {@code invalid_grant}
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    boolean permits(Request request);

    /** Whatever trust and registration allow. */
    static SubjectPermission asRegistered() {
        return request -> true;
    }

    /**
     * What is asked for.
     *
     * @param client who wants the token; not registered if it is the name for those who go without authentication
     * @param issuer the {@code iss} of the assertion: the client's own identifier if it made it itself
     * @param subject whom the token would speak for
     * @param account what is known about the subject, unless it is the client
     */
    record Request(
            ClientId client,
            String issuer,
            String subject,
            Optional<Account> account,
            Scope scope,
            ResourceIndicator resource) {}
}
