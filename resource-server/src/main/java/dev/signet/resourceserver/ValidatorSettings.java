package dev.signet.resourceserver;

import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.KeySource;
import dev.signet.resourceserver.challenge.BearerChallenge;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The settings of a validator that depend on each other; all faults are reported at once. */
record ValidatorSettings(
        List<TrustedIssuer> trusted,
        Map<String, IssuerRules> rules,
        int cacheSize,
        BearerChallenge challenge,
        Optional<ProtectedResourceMetadata> metadata,
        Clock clock) {

    private static final int LARGEST_CACHE_SIZE = 10_000_000;

    static ValidatorSettings of(AccessTokenValidator.Builder builder) {
        List<String> faults = new ArrayList<>();
        List<TrustedIssuer> trusted = trusted(builder, faults);
        Map<Issuer, KeySource> keys = keys(builder, trusted, faults);
        if (builder.cacheSize < 0 || builder.cacheSize > LARGEST_CACHE_SIZE) {
            faults.add("cacheSize must be 0 to " + LARGEST_CACHE_SIZE);
        }
        if (trusted.stream().filter(TrustedIssuer::allowsOpaqueTokens).count() > 1) {
            faults.add("allowOpaqueTokens is for one issuer: an opaque token does not say whose it is");
        }
        if (builder.cacheSize == 0 && trusted.stream().anyMatch(ValidatorSettings::keepsAnswers)) {
            faults.add("introspection is cached, though cacheSize is 0");
        }
        Optional<ProtectedResourceMetadata> metadata = attempt(faults, () -> metadata(builder, trusted));
        Optional<BearerChallenge> challenge = attempt(faults, () -> challenge(builder, trusted, metadata));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("access token validator: " + String.join("; ", faults));
        }
        Map<String, IssuerRules> rules = new HashMap<>();
        for (TrustedIssuer each : trusted) {
            AccessRules access = new AccessRules(challenge.orElseThrow(), builder.clock, each.leeway());
            KeySource source = Objects.requireNonNull(keys.get(each.issuer()), "no fault, so there are keys");
            rules.put(each.issuer().value(), new IssuerRules(each, source, access));
        }
        return new ValidatorSettings(
                List.copyOf(trusted),
                Map.copyOf(rules),
                builder.cacheSize,
                challenge.orElseThrow(),
                metadata,
                builder.clock);
    }

    /** The different ways in which tokens are encrypted, in the order of the issuers. */
    List<AccessTokenEncryption> agreements() {
        return trusted.stream()
                .flatMap(issuer -> issuer.encryption().stream())
                .distinct()
                .toList();
    }

    /** The issuer whose opaque tokens are accepted, if there is one. */
    Optional<IssuerRules> opaque() {
        return rules.values().stream().filter(IssuerRules::allowsOpaqueTokens).findFirst();
    }

    private static boolean keepsAnswers(TrustedIssuer issuer) {
        return issuer.introspection().flatMap(IntrospectionPolicy::bound).isPresent();
    }

    /** What is made, or nothing and one more fault. */
    static <T> Optional<T> attempt(List<String> faults, Supplier<Optional<T>> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
            return Optional.empty();
        }
    }

    /** The issuer that the validator's own builder describes, if there is to be one. */
    private static boolean describesOne(AccessTokenValidator.Builder builder) {
        return builder.others.isEmpty() || !builder.own.isUntouched();
    }

    /** The issuers that nothing is wrong with. */
    private static List<TrustedIssuer> trusted(AccessTokenValidator.Builder builder, List<String> faults) {
        List<TrustedIssuer> trusted = new ArrayList<>();
        if (describesOne(builder)) {
            List<String> own = builder.own.faults();
            faults.addAll(own);
            if (own.isEmpty()) {
                trusted.add(builder.own.build());
            }
        }
        trusted.addAll(builder.others);
        Set<Issuer> seen = new HashSet<>();
        for (TrustedIssuer each : trusted) {
            if (!seen.add(each.issuer())) {
                faults.add("issuer " + each.issuer() + " is trusted twice");
            }
        }
        return trusted;
    }

    private static Map<Issuer, KeySource> keys(
            AccessTokenValidator.Builder builder, List<TrustedIssuer> trusted, List<String> faults) {
        Map<Issuer, KeySource> keys = new HashMap<>();
        boolean discovers = (describesOne(builder) && !builder.own.hasKeys())
                || builder.others.stream().anyMatch(each -> each.keys().isEmpty());
        if (discovers && builder.outbound.isEmpty()) {
            faults.add("keys or outbound is missing");
        }
        if (!discovers && builder.outbound.isPresent()) {
            faults.add("keys and outbound are more than one source of keys");
        }
        for (TrustedIssuer each : trusted) {
            attempt(
                            faults,
                            () -> each.keys()
                                    .or(() -> builder.outbound.map(http -> DiscoveredKeys.builder(each.issuer(), http)
                                            .clock(builder.clock)
                                            .cryptoProvider(builder.cryptoProvider)
                                            .build())))
                    .ifPresent(source -> keys.put(each.issuer(), source));
        }
        return keys;
    }

    /** A resource server that has no https identifier publishes nothing, unless it was told to. */
    private static Optional<ProtectedResourceMetadata> metadata(
            AccessTokenValidator.Builder builder, List<TrustedIssuer> trusted) {
        Optional<String> byDefault = audiences(trusted).findFirst().filter(ProtectedResourceMetadata::canDescribe);
        if (builder.resource.isEmpty() && byDefault.isEmpty()) {
            if (builder.scopes.isEmpty()) {
                return Optional.empty();
            }
            throw new IllegalArgumentException("scopesSupported are published under a resource, which is missing");
        }
        return builder.resource
                .or(() -> byDefault)
                .map(resource -> ProtectedResourceMetadata.builder(new ResourceIndicator(resource))
                        .authorizationServers(trusted.stream()
                                .map(TrustedIssuer::issuer)
                                .distinct()
                                .toList())
                        .scopesSupported(builder.scopes)
                        .bearerMethodsSupported(List.of("header"))
                        .build());
    }

    private static Optional<BearerChallenge> challenge(
            AccessTokenValidator.Builder builder,
            List<TrustedIssuer> trusted,
            Optional<ProtectedResourceMetadata> metadata) {
        Optional<String> realm = builder.realm.or(
                () -> audiences(trusted).filter(each -> !each.isBlank()).findFirst());
        return realm.map(name -> metadata.filter(published -> builder.metadataHint)
                .map(published -> BearerChallenge.of(name, published.location()))
                .orElseGet(() -> BearerChallenge.of(name)));
    }

    private static Stream<String> audiences(List<TrustedIssuer> trusted) {
        return trusted.stream().flatMap(each -> each.audiences().stream());
    }
}
