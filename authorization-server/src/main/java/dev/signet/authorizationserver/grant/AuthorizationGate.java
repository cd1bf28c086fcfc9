package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.Accounts;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The end of an authorization request: can that resource owner grant this? What the {@link Gate} asks of tokens is asked when the
 * code is exchanged, and each time again. Thread-safe.
 */
public final class AuthorizationGate {

    private final ClientRegistry clients;
    private final Accounts accounts;
    private final RandomIds ids;
    private final RefreshTokenLifetimes lifetimes;

    /**
     * A gate for these accounts.
     *
     * @param ids the identifiers of what is granted
     * @param lifetimes how long refresh tokens can come of it
     */
    public AuthorizationGate(
            ClientRegistry clients, Accounts accounts, RandomIds ids, RefreshTokenLifetimes lifetimes) {
        this.clients = clients;
        this.accounts = accounts;
        this.ids = ids;
        this.lifetimes = lifetimes;
    }

    /**
     * What is granted: the resources are those that some of the approved scope belongs to, or that have no scopes. Empty if that
     * leaves nothing.
     *
     * @throws OAuthException {@code access_denied} if the account is not enabled, {@code server_error} if the approval is none that
     *     a resource owner could give
     */
    public Optional<StoredGrant> approve(ApprovableRequest request, Decision.Approved approved) {
        requireNoClient(approved.subject());
        if (!request.scope().containsAll(approved.scope())) {
            throw unfit("more was approved than was asked for");
        }
        if (!accounts.find(approved.subject()).map(Account::isEnabled).orElse(true)) {
            throw OAuthException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The resource owner or the server denied the request",
                    RefusalReason.ACCOUNT_DISABLED,
                    "the account is not enabled");
        }
        Set<ResourceIndicator> resources = request.resources().stream()
                .filter(resource -> isUseful(resource, approved.scope()))
                .map(ProtectedResource::resource)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return resources.isEmpty() ? Optional.empty() : Optional.of(grant(request, approved, resources));
    }

    private static boolean isUseful(ProtectedResource resource, Scope approved) {
        return resource.scope().isEmpty()
                || !resource.scope().intersect(approved).isEmpty();
    }

    private StoredGrant grant(ApprovableRequest request, Decision.Approved approved, Set<ResourceIndicator> resources) {
        return new StoredGrant(
                ids.next(),
                request.client().clientId(),
                approved.subject(),
                approved.scope(),
                resources,
                request.parameters().single(ParameterName.REDIRECT_URI),
                request.codeChallenge(),
                approved.authentication(),
                request.redirectable().receivedAt(),
                request.redirectable().receivedAt().plus(lifetimes.absolute()));
    }

    /** RFC 9068 §5: nobody is to take a person for a client. */
    private void requireNoClient(String subject) {
        if (ClientId.find(subject).flatMap(clients::find).isPresent()) {
            throw unfit("the subject is the client_id of a client");
        }
    }

    private static OAuthException unfit(String detail) {
        return OAuthException.of(ErrorCode.SERVER_ERROR, "The server failed", RefusalReason.APPROVAL_UNFIT, detail);
    }
}
