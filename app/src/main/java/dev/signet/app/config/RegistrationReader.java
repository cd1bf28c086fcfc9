package dev.signet.app.config;

import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code registration}: whether clients may register themselves, and for what (RFC 7591). */
final class RegistrationReader {

    private static final String OPEN = "open_registration";
    private static final String AT_ONCE = "open_registrations_at_once";
    private static final String TIME_EACH = "time_per_open_registration";
    private static final int MOST_AT_ONCE = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Empty if they may not. */
    Optional<RegistrationPolicy> read(Section top) {
        return top.section("registration").map(RegistrationReader::policy);
    }

    private static RegistrationPolicy policy(Section section) {
        int faultsBefore = section.faultCount();
        Scope scope = section.value(
                        "scope",
                        "scopes with spaces between",
                        text -> text.isEmpty() ? Scope.empty() : Scope.parse(text))
                .orElse(Scope.empty());
        List<ResourceIndicator> resources = section.values(
                        "resources", "an absolute URI without fragment", ResourceIndicator::new)
                .orElse(List.of());
        RegistrationPolicy.Builder policy = limits(scope, resources);
        section.values(
                        "grant_types",
                        "one of "
                                + String.join(
                                        ", ",
                                        ClientAuthenticationReader.GRANTS.stream()
                                                .sorted()
                                                .toList()),
                        RegistrationReader::grant)
                .ifPresent(types -> policy.grantTypes(Set.copyOf(types)));
        section.values(
                        "authentication_methods",
                        "a method such as private_key_jwt",
                        text -> ClientAuthenticationMethod.find(text).orElseThrow(IllegalArgumentException::new))
                .ifPresent(methods -> policy.authenticationMethods(Set.copyOf(methods)));
        section.flag("rotate_secret_on_update").ifPresent(policy::rotateSecretOnUpdate);
        readOpen(section, policy);
        section.done();
        // What can't be read is no further fault; the limits are still held against the rest of the file.
        return section.faultCount() > faultsBefore
                ? limits(scope, resources).build()
                : built(section, policy).orElseGet(limits(scope, resources)::build);
    }

    private static RegistrationPolicy.Builder limits(Scope scope, List<ResourceIndicator> resources) {
        return RegistrationPolicy.builder().scope(scope).resources(Set.copyOf(resources));
    }

    private static String grant(String text) {
        if (!ClientAuthenticationReader.GRANTS.contains(text)) {
            throw new IllegalArgumentException("is no grant");
        }
        return text;
    }

    private static Optional<RegistrationPolicy> built(Section section, RegistrationPolicy.Builder policy) {
        try {
            return Optional.of(policy.build());
        } catch (IllegalArgumentException unfit) {
            BuilderFaults.tell(
                    section,
                    String.valueOf(unfit.getMessage())
                            .replace("grant types are", "grant_types are")
                            .replace("authentication methods are", "authentication_methods are")
                            .replace("registration is open,", OPEN + " is on,"),
                    Set.of(OPEN, "grant_types", "authentication_methods"));
            return Optional.empty();
        }
    }

    private static void readOpen(Section section, RegistrationPolicy.Builder policy) {
        boolean open = section.flag(OPEN).orElse(false);
        Optional<Integer> atOnce = section.integer(AT_ONCE, 1, MOST_AT_ONCE);
        Optional<Duration> timeEach = section.duration(TIME_EACH);
        timeEach.filter(time -> time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)
                .ifPresent(outside -> section.fault(TIME_EACH, "expected 1s to 1d"));
        if (!open && (atOnce.isPresent() || timeEach.isPresent())) {
            section.fault(atOnce.isPresent() ? AT_ONCE : TIME_EACH, "is given without " + OPEN + ": true");
        }
        policy.openRegistration(open)
                .openRegistrationRate(
                        atOnce.orElse(RegistrationPolicy.DEFAULT_OPEN_AT_ONCE),
                        timeEach.filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                                .orElse(RegistrationPolicy.DEFAULT_TIME_PER_OPEN_REGISTRATION));
    }
}
