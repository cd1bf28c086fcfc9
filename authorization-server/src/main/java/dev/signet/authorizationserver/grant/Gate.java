package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RequestedTarget;
import dev.signet.authorizationserver.registry.TargetSelection;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.Accounts;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of every grant: may the client use it, and are subject, resource and scope usable now? Whether something was used before
 * is asked when the token is made and kept, together for all assertions of the request, so that a refused request uses up
 * none of them (RFC 7523 §3 item 7). Thread-safe.
 */
public final class Gate {

    private static final Duration SHORTEST = ProtectedResource.MINIMUM_TOKEN_LIFETIME;

    private final TargetSelection targets;
    private final ClientRegistry clients;
    private final Accounts accounts;
    private final boolean resourceOwnersHaveAccounts;
    private final SubjectPermission permission;

    /**
     * A gate before these resources.
     *
     * @param resourceOwnersHaveAccounts whether nothing comes of what was granted by somebody without an account
     * @param permission is asked last about what somebody's assertion is to be exchanged for
     */
    public Gate(
            ProtectedResources resources,
            ClientRegistry clients,
            Accounts accounts,
            boolean resourceOwnersHaveAccounts,
            SubjectPermission permission) {
        this.targets = new TargetSelection(resources);
        this.clients = clients;
        this.accounts = accounts;
        this.resourceOwnersHaveAccounts = resourceOwnersHaveAccounts;
        this.permission = permission;
    }

    /**
     * Approves, or refuses without a trace.
     *
     * @throws OAuthException {@code unauthorized_client}, {@code invalid_client}, {@code invalid_target}, {@code invalid_scope} or {@code invalid_grant}
     */
    public Approval approve(TokenRequest request, Entitlement entitlement) {
        requirePermitted(request, entitlement);
        requireClientIdIsNobodys(entitlement);
        RequestedTarget target = entitlement.asked(request.target());
        ProtectedResource resource = targets.one(target, entitlement::permits);
        Scope scope = targets.scope(entitlement.asked(target, resource), entitlement.scope(), resource);
        Optional<Account> account = account(entitlement);
        entitlement.assertedBy().ifPresent(issuer -> requireGranted(issuer, entitlement, account, scope, resource));
        requireUsedOnce(entitlement);
        List<LeniencyUse> leniencies = new ArrayList<>(entitlement.leniencies());
        Duration lifetime = lifetime(request, entitlement, resource, leniencies);
        return new Approval(
                request,
                account.map(entitlement::withAccount).orElse(entitlement),
                resource,
                scope,
                lifetime,
                List.copyOf(leniencies));
    }

    private void requireGranted(
            String issuer,
            Entitlement entitlement,
            Optional<Account> account,
            Scope scope,
            ProtectedResource resource) {
        if (!permission.permits(new SubjectPermission.Request(
                entitlement.clientId(), issuer, entitlement.subject(), account, scope, resource.resource()))) {
            throw OAuthException.invalidGrant(
                    RefusalReason.SUBJECT_PERMISSION_MISSING, "the subject has not granted that to the client");
        }
    }

    /** Who authenticates with a JWT can't exchange it as well: that would be its second use. */
    private static void requireUsedOnce(Entitlement entitlement) {
        if (!entitlement.usesEachOnce()) {
            throw OAuthException.invalidGrant(
                    RefusalReason.ASSERTION_REPLAYED, "the assertion authenticates the client already");
        }
    }

    private static void requirePermitted(TokenRequest request, Entitlement entitlement) {
        if (!entitlement.permits(request.grantType())) {
            throw OAuthException.of(
                    ErrorCode.UNAUTHORIZED_CLIENT,
                    "The client may not use this grant",
                    RefusalReason.GRANT_TYPE_NOT_ALLOWED,
                    "the client is not registered for the grant");
        }
    }

    /** Whoever wants a token in the name of a registered client has to authenticate as that client. */
    private void requireClientIdIsNobodys(Entitlement entitlement) {
        if (!entitlement.isOfRegisteredClient()
                && clients.find(entitlement.clientId()).isPresent()) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_CREDENTIALS_MISSING,
                    "the client_id of unauthenticated clients is that of a registered one");
        }
    }

    /** Whose account it is that the token would speak for; a client that speaks for itself has none. */
    private Optional<Account> account(Entitlement entitlement) {
        String subject = entitlement.subject();
        boolean ofItself = subject.equals(entitlement.clientId().value())
                && entitlement.grantUse().isEmpty();
        if (ofItself) {
            return Optional.empty();
        }
        requireSubjectIsNoClient(entitlement);
        boolean required =
                entitlement.grantUse().isPresent() ? resourceOwnersHaveAccounts : entitlement.isAccountRequired();
        return requireUsable(subject, required);
    }

    /**
     * The account of a subject that is no client.
     *
     * @param required whether there must be one
     * @throws OAuthException {@code invalid_grant} if it is not there though it must be, or not enabled
     */
    Optional<Account> requireUsable(String subject, boolean required) {
        Optional<Account> account = accounts.find(subject);
        if (account.isEmpty() && required) {
            throw OAuthException.invalidGrant(RefusalReason.ACCOUNT_UNKNOWN, "the subject has no account");
        }
        if (account.isPresent() && !account.get().isEnabled()) {
            throw OAuthException.invalidGrant(RefusalReason.ACCOUNT_DISABLED, "the account is not enabled");
        }
        return account;
    }

    /** A token that speaks for a client must have been issued to it, or to somebody trusted with it (RFC 9068 §5). */
    private void requireSubjectIsNoClient(Entitlement entitlement) {
        String subject = entitlement.subject();
        if (ClientId.find(subject).flatMap(clients::find).isPresent()) {
            throw OAuthException.invalidGrant(
                    RefusalReason.ASSERTION_SUBJECT_REFUSED, "the subject is the client_id of a client");
        }
    }

    private static Duration lifetime(
            TokenRequest request, Entitlement entitlement, ProtectedResource resource, List<LeniencyUse> leniencies) {
        Duration full = entitlement.lifetime(resource.tokenLifetime());
        if (entitlement.notAfter().isEmpty()) {
            return full;
        }
        Instant end = entitlement.notAfter().get();
        long left = Duration.between(request.receivedAt(), end).toSeconds();
        Duration bounded = Duration.ofSeconds(Math.min(full.toSeconds(), Math.max(left, SHORTEST.toSeconds())));
        if (bounded.equals(full) || entitlement.mayOutlive().isEmpty()) {
            return bounded;
        }
        leniencies.add(entitlement.mayOutlive().get());
        return full;
    }
}
