package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.RequestedTarget;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rules of a grant found somebody entitled to at most, for the {@link Gate} to approve. Immutable. */
public final class Entitlement {

    private final ClientId clientId;
    private final @Nullable RegisteredClient client;
    private final String subject;
    private final Attributes subjectAttributes;
    private final boolean accountRequired;
    private final Scope scope;
    private final Set<ResourceIndicator> resources;
    private final @Nullable GrantUse grantUse;
    private final @Nullable Instant notAfter;
    private final @Nullable LeniencyUse mayOutlive;
    private final Optional<String> assertedBy;
    private final List<SingleUse> clientUses;
    private final List<SingleUse> singleUses;
    private final List<LeniencyUse> leniencies;

    private Entitlement(Builder builder) {
        this.clientId = builder.clientId;
        this.client = builder.client;
        this.subject = builder.subject;
        this.subjectAttributes = builder.subjectAttributes;
        this.accountRequired = builder.accountRequired;
        this.scope = builder.scope;
        this.resources = builder.resources;
        this.grantUse = builder.grantUse;
        this.notAfter = builder.notAfter;
        this.mayOutlive = builder.mayOutlive;
        this.assertedBy = Optional.ofNullable(builder.assertedBy);
        this.clientUses = List.copyOf(builder.clientUses);
        this.singleUses = Stream.concat(builder.clientUses.stream(), builder.singleUses.stream())
                .toList();
        this.leniencies = List.copyOf(builder.leniencies);
    }

    private Entitlement(Entitlement like, Attributes subjectAttributes) {
        this.clientId = like.clientId;
        this.client = like.client;
        this.subject = like.subject;
        this.subjectAttributes = subjectAttributes;
        this.accountRequired = like.accountRequired;
        this.scope = like.scope;
        this.resources = like.resources;
        this.grantUse = like.grantUse;
        this.notAfter = like.notAfter;
        this.mayOutlive = like.mayOutlive;
        this.assertedBy = like.assertedBy;
        this.clientUses = like.clientUses;
        this.singleUses = like.singleUses;
        this.leniencies = like.leniencies;
    }

    /** Starts the entitlement of a registered client to all its scopes. */
    public static Builder of(RegisteredClient client, String subject) {
        Builder builder = new Builder(client.clientId(), subject).scope(client.scope());
        builder.client = client;
        return builder;
    }

    /** Starts the entitlement of somebody without a registration, to no scope. */
    public static Builder ofUnregistered(ClientId clientId, String subject) {
        return new Builder(clientId, subject);
    }

    ClientId clientId() {
        return clientId;
    }

    boolean isOfRegisteredClient() {
        return client != null;
    }

    String subject() {
        return subject;
    }

    Attributes subjectAttributes() {
        return subjectAttributes;
    }

    /** Whether nothing may be granted unless the subject has an account. */
    boolean isAccountRequired() {
        return accountRequired;
    }

    /** The same with what the account says about the subject. */
    Entitlement withAccount(Account account) {
        return account.attributes().isEmpty()
                ? this
                : new Entitlement(this, account.attributes().over(subjectAttributes));
    }

    Attributes clientAttributes() {
        return client == null ? Attributes.none() : client.attributes();
    }

    Scope scope() {
        return scope;
    }

    /** The code or refresh token that stands for it; its resource owner chose scope and resources. */
    Optional<GrantUse> grantUse() {
        return Optional.ofNullable(grantUse);
    }

    /** What is asked for: whoever names no resource asks for all that were granted. */
    RequestedTarget asked(RequestedTarget named) {
        return grantUse == null || !named.resources().isEmpty()
                ? named
                : new RequestedTarget(
                        named.scope(), List.copyOf(grantUse.grant().resources()));
    }

    /** What is asked for at a resource: whoever names no scope asks for all that was granted there (RFC 6749 §6). */
    RequestedTarget asked(RequestedTarget named, ProtectedResource resource) {
        Scope granted = resource.scope().intersect(scope);
        return grantUse == null || named.scope().isPresent() || granted.isEmpty()
                ? named
                : new RequestedTarget(Optional.of(granted), named.resources());
    }

    Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }

    Optional<LeniencyUse> mayOutlive() {
        return Optional.ofNullable(mayOutlive);
    }

    /** The issuer whose word it is that the client speaks for the subject; empty if no assertion says so. */
    Optional<String> assertedBy() {
        return assertedBy;
    }

    List<SingleUse> singleUses() {
        return singleUses;
    }

    List<SingleUse> clientUses() {
        return clientUses;
    }

    /** Whether nothing is to be used twice in this request. */
    boolean usesEachOnce() {
        return clientUses.isEmpty()
                || singleUses.stream().map(SingleUse::key).distinct().count() == singleUses.size();
    }

    List<LeniencyUse> leniencies() {
        return leniencies;
    }

    /** How long a token lives that would live that long if it were another client's. */
    Duration lifetime(Duration ofResource) {
        return client == null
                ? ofResource
                : client.accessTokenLifetime()
                        .filter(own -> own.compareTo(ofResource) < 0)
                        .orElse(ofResource);
    }

    /** Whether the registration, if there is one, allows the grant. */
    boolean permits(String grantType) {
        return client == null || client.grantTypes().contains(grantType);
    }

    /** Whether the resource is among those named, if any are, and the registration, if there is one, allows it. */
    boolean permits(ProtectedResource resource) {
        return (resources.isEmpty() || resources.contains(resource.resource()))
                && (client == null || client.permits(resource));
    }

    /** Collects an entitlement. */
    public static final class Builder {

        private final ClientId clientId;
        private final String subject;
        private final List<SingleUse> clientUses = new ArrayList<>();
        private final List<SingleUse> singleUses = new ArrayList<>();
        private final List<LeniencyUse> leniencies = new ArrayList<>();
        private @Nullable RegisteredClient client;
        private Attributes subjectAttributes = Attributes.none();
        private boolean accountRequired;
        private Scope scope = Scope.empty();
        private Set<ResourceIndicator> resources = Set.of();
        private @Nullable GrantUse grantUse;
        private @Nullable Instant notAfter;
        private @Nullable LeniencyUse mayOutlive;
        private @Nullable String assertedBy;

        private Builder(ClientId clientId, String subject) {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("subject must not be empty");
            }
            this.clientId = clientId;
            this.subject = subject;
        }

        /** What is known about the subject; nothing unless given. */
        public Builder subjectAttributes(Attributes known) {
            this.subjectAttributes = known;
            return this;
        }

        /** Grants nothing unless the subject has an account; it need not unless this says otherwise. */
        public Builder accountRequired(boolean required) {
            this.accountRequired = required;
            return this;
        }

        /** The most that may be granted. */
        public Builder scope(Scope most) {
            this.scope = most;
            return this;
        }

        /** The resources that a token may be for; all unless given. */
        public Builder resources(Set<ResourceIndicator> permitted) {
            this.resources = Set.copyOf(permitted);
            return this;
        }

        /** No more of the scope than a resource owner granted, for the resources it was granted at. */
        public Builder granted(GrantUse use) {
            this.grantUse = use;
            this.scope = scope.intersect(use.grant().scope());
            this.resources = use.grant().resources();
            return this;
        }

        /** Until when the token may live; it gets a minute in any case. */
        public Builder notAfter(Instant end) {
            this.notAfter = end;
            return this;
        }

        /** Lets the token live beyond that, by a leniency. */
        public Builder mayOutlive(LeniencyUse leniency) {
            this.mayOutlive = leniency;
            return this;
        }

        /** The issuer whose word it is that the client speaks for the subject. */
        public Builder assertedBy(String issuer) {
            this.assertedBy = issuer;
            return this;
        }

        /** What authenticates the client, and must not have been used before. */
        public Builder clientUses(List<SingleUse> uses) {
            clientUses.addAll(uses);
            return this;
        }

        /** What else must not have been used before. */
        public Builder singleUses(List<SingleUse> uses) {
            singleUses.addAll(uses);
            return this;
        }

        /** Without what it would not be. */
        public Builder leniencies(List<LeniencyUse> uses) {
            leniencies.addAll(uses);
            return this;
        }

        /** The entitlement. */
        public Entitlement build() {
            return new Entitlement(this);
        }
    }
}
