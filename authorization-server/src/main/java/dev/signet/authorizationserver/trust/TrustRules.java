package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.jwt.key.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must hold for each part of a trust, and between them. */
final class TrustRules {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_ISSUER = 1024;

    private TrustRules() {}

    /** Whether there can be a trust in it. Whoever sent an assertion made its issuer up: no registry is asked about any other. */
    static boolean canBeIssuer(String issuer) {
        return !issuer.isEmpty()
                && issuer.length() <= LONGEST_ISSUER
                && issuer.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(issuer);
    }

    static List<String> faults(TrustedIssuer.Builder trust) {
        List<String> faults = new ArrayList<>();
        if (trust.issuer.isEmpty()) {
            faults.add("issuer is empty");
        } else if (!canBeIssuer(trust.issuer)) {
            faults.add("issuer must have at most " + LONGEST_ISSUER + " characters, none of them a control character");
        }
        if (trust.keys == null) {
            faults.add("keys are missing");
        }
        if (trust.subjects == null) {
            faults.add("subjects are missing");
        }
        checkAlgorithms(trust.algorithms, faults);
        if (trust.maximumLifetime.compareTo(Duration.ofSeconds(1)) < 0
                || trust.maximumLifetime.compareTo(LONGEST) > 0) {
            faults.add("the longest lifetime must be one second to a day");
        }
        if (trust.requiredClaims.contains("")) {
            faults.add("a required claim has no name");
        }
        checkConditions(trust.conditions, faults);
        if (trust.attributes.contains("") || trust.attributes.size() > Attributes.MOST) {
            faults.add("attributes must be at most " + Attributes.MOST + ", each with a name");
        }
        checkClients(trust, faults);
        return faults;
    }

    private static void checkAlgorithms(Set<JwsAlgorithm> algorithms, List<String> faults) {
        if (algorithms.isEmpty()) {
            faults.add("algorithms are empty");
        }
        algorithms.stream()
                .filter(JwsAlgorithm::isMac)
                .sorted()
                .forEach(mac -> faults.add("algorithms: " + mac.joseName() + " is a MAC"));
    }

    private static void checkConditions(List<ClaimCondition> conditions, List<String> faults) {
        if (conditions.size() > ClaimCondition.MOST) {
            faults.add("conditions must be at most " + ClaimCondition.MOST);
        }
        if (conditions.stream().anyMatch(condition -> condition.claim().equals("sub"))) {
            faults.add("conditions: sub has rules of its own");
        }
        ClaimCondition.claimsNamedTwice(conditions)
                .forEach(claim -> faults.add("conditions: more than one is on " + claim));
    }

    private static void checkClients(TrustedIssuer.Builder trust, List<String> faults) {
        if (!trust.leniencies.contains(Leniency.ALLOW_UNAUTHENTICATED_CLIENT)) {
            return;
        }
        if (trust.unauthenticatedClient == null) {
            faults.add("the client_id of unauthenticated clients is missing");
        }
        if (!trust.clients.isEmpty()) {
            faults.add("clients are named, though anybody may present its assertions");
        }
    }
}
