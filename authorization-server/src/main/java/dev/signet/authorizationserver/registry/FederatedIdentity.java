package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * By whose JWTs a client authenticates instead of by keys of its own, and by which of them (RFC 7521 §4.2): its platform has
 * given it an identity already. Immutable.
 *
 * <pre>{@code
 * FederatedIdentity worker = new FederatedIdentity(
 *         "https://cluster.example.com",
 *         List.of(ClaimCondition.equalTo("sub", "system:serviceaccount:shop:orders-worker")));
 * }</pre>
 *
 * @param issuer a trusted issuer: keys, algorithms, audience, lifetime and reuse are what the server has agreed with it
 * @param conditions what the claims must be for it to be this client and none of its neighbours: one at least, all of which must
 *     hold
 */
public record FederatedIdentity(String issuer, List<ClaimCondition> conditions) {

    private static final String ISSUER = "issuer";
    private static final String CONDITIONS = "conditions";

    /** @throws IllegalArgumentException naming every fault */
    public FederatedIdentity {
        conditions = List.copyOf(conditions);
        List<String> faults = new ArrayList<>();
        if (issuer.isEmpty()) {
            faults.add("issuer is empty");
        }
        if (conditions.isEmpty()) {
            faults.add("conditions are missing: everybody the issuer speaks for would be the client");
        }
        if (conditions.size() > ClaimCondition.MOST) {
            faults.add("conditions must be at most " + ClaimCondition.MOST);
        }
        ClaimCondition.claimsNamedTwice(conditions)
                .forEach(claim -> faults.add("more than one condition is on " + claim));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", faults));
        }
    }

    /**
     * Reads it as {@link #toJson} writes it.
     *
     * @throws IllegalArgumentException naming what is not as it must be
     * @throws JsonException if a member is missing or has another JSON type
     */
    static FederatedIdentity fromJson(JsonObject json) {
        if (!Set.of(ISSUER, CONDITIONS).containsAll(json.names())) {
            throw new IllegalArgumentException("there are only issuer and conditions");
        }
        List<ClaimCondition> conditions = new ArrayList<>();
        JsonObject written = json.findObject(CONDITIONS).orElse(JsonObject.empty());
        for (String claim : written.names()) {
            conditions.add(ClaimCondition.fromJson(claim, written.requireObject(claim)));
        }
        return new FederatedIdentity(json.requireString(ISSUER), conditions);
    }

    /** As it is written down. */
    JsonObject toJson() {
        JsonObject.Builder written = JsonObject.builder();
        conditions.forEach(condition -> written.put(condition.claim(), condition.toJson()));
        return JsonObject.builder()
                .put(ISSUER, issuer)
                .put(CONDITIONS, written.build())
                .build();
    }

    /** Shows the issuer only. */
    @Override
    public String toString() {
        return "FederatedIdentity by " + issuer;
    }
}
