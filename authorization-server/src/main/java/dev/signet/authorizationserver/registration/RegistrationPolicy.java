package dev.signet.authorizationserver.registration;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What clients can have that register themselves (RFC 7591 §3, D-37, D-38). Immutable.
 *
 * <pre>{@code
 * RegistrationPolicy policy = RegistrationPolicy.builder()
 *         .scope(Scope.of("orders.read"))
 *         .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN))
 *         .build();
 * }</pre>
 */
public final class RegistrationPolicy {

    /** How many clients may register without an initial access token on one node at once, unless a policy says otherwise. */
    public static final int DEFAULT_OPEN_AT_ONCE = 10;

    /** After which time one more may, unless a policy says otherwise. */
    public static final Duration DEFAULT_TIME_PER_OPEN_REGISTRATION = Duration.ofMinutes(1);

    /** What clients may use that nobody who runs the server let register: whatever they get, a person was asked. */
    private static final Set<String> WITH_CONSENT = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);

    private final Scope scope;
    private final Set<ResourceIndicator> resources;
    private final Set<String> grantTypes;
    private final Optional<Set<ClientAuthenticationMethod>> methods;
    private final boolean open;
    private final int openAtOnce;
    private final Duration timePerOpen;
    private final boolean rotateSecretOnUpdate;

    private RegistrationPolicy(Builder builder) {
        this.scope = builder.scope;
        this.resources = builder.resources;
        this.grantTypes = builder.grantTypes;
        this.methods = builder.methods;
        this.open = builder.open;
        this.openAtOnce = builder.openAtOnce;
        this.timePerOpen = builder.timePerOpen;
        this.rotateSecretOnUpdate = builder.rotateSecretOnUpdate;
    }

    /** Starts a policy: an initial access token is needed, and gives no scope. */
    public static Builder builder() {
        return new Builder();
    }

    /** The most that such a client may be granted; what it gets if it asks for no scope. */
    public Scope scope() {
        return scope;
    }

    /** The resources that it may ask tokens for, and what it gets if it names none; empty for all. */
    public Set<ResourceIndicator> resources() {
        return resources;
    }

    /** The grants that it may use. */
    public Set<String> grantTypes() {
        return grantTypes;
    }

    /** Those that it may use if it registers without an initial access token. */
    Set<String> openGrantTypes() {
        return grantTypes.stream().filter(WITH_CONSENT::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** How it may authenticate; empty for all ways that the server has. */
    public Optional<Set<ClientAuthenticationMethod>> authenticationMethods() {
        return methods;
    }

    /** Whether clients may register without an initial access token. */
    public boolean isOpen() {
        return open;
    }

    int openAtOnce() {
        return openAtOnce;
    }

    Duration timePerOpenRegistration() {
        return timePerOpen;
    }

    /** Whether a client gets a new secret with each update. */
    public boolean rotatesSecretOnUpdate() {
        return rotateSecretOnUpdate;
    }

    /** Collects a policy. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final Duration LONGEST_TIME = Duration.ofDays(1);
        private static final int MOST_AT_ONCE = 10_000;

        private Scope scope = Scope.empty();
        private Set<ResourceIndicator> resources = Set.of();
        private Set<String> grantTypes = WITH_CONSENT;
        private Optional<Set<ClientAuthenticationMethod>> methods = Optional.empty();
        private boolean open;
        private int openAtOnce = DEFAULT_OPEN_AT_ONCE;
        private Duration timePerOpen = DEFAULT_TIME_PER_OPEN_REGISTRATION;
        private boolean rotateSecretOnUpdate;

        private Builder() {}

        /** The most that such a client may be granted, and what it gets if it asks for no scope; nothing unless given. */
        public Builder scope(Scope most) {
            this.scope = most;
            return this;
        }

        /** The resources that it may ask tokens for, and what it gets if it names none; all unless given. */
        public Builder resources(Set<ResourceIndicator> permitted) {
            this.resources = Set.copyOf(permitted);
            return this;
        }

        /** The grants that it may use: codes and refresh tokens unless given. */
        public Builder grantTypes(Set<String> permitted) {
            this.grantTypes = Set.copyOf(permitted);
            return this;
        }

        /** How it may authenticate; in all ways that the server has unless given. */
        public Builder authenticationMethods(Set<ClientAuthenticationMethod> permitted) {
            this.methods = Optional.of(Set.copyOf(permitted));
            return this;
        }

        /**
         * Lets clients register without an initial access token. They can have codes and refresh tokens only, people are told that nobody
         * knows them, and are asked each time; off unless given.
         */
        public Builder openRegistration(boolean permitted) {
            this.open = permitted;
            return this;
        }

        /** How many such clients may register on one node at once, and after which time one more: ten and a minute unless given. */
        public Builder openRegistrationRate(int atOnce, Duration timePerOne) {
            this.openAtOnce = atOnce;
            this.timePerOpen = timePerOne;
            return this;
        }

        /** Gives a client a new secret with each update; it keeps its own unless given. */
        public Builder rotateSecretOnUpdate(boolean rotated) {
            this.rotateSecretOnUpdate = rotated;
            return this;
        }

        /**
         * The policy.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public RegistrationPolicy build() {
            List<String> faults = new ArrayList<>();
            if (grantTypes.isEmpty()) {
                faults.add("grant types are empty");
            }
            if (methods.filter(Set::isEmpty).isPresent()) {
                faults.add("authentication methods are empty");
            }
            if (open && grantTypes.stream().noneMatch(WITH_CONSENT::contains)) {
                faults.add("registration is open, though authorization_code is not among the grant types");
            }
            if (openAtOnce < 1 || openAtOnce > MOST_AT_ONCE) {
                faults.add("open registrations at once must be 1 to " + MOST_AT_ONCE);
            }
            if (timePerOpen.toMillis() < 1 || timePerOpen.compareTo(LONGEST_TIME) > 0) {
                faults.add("the time for one more open registration must be a millisecond to a day");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("registration policy: " + String.join("; ", faults));
            }
            return new RegistrationPolicy(this);
        }
    }
}
