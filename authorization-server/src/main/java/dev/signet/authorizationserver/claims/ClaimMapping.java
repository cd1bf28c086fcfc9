package dev.signet.authorizationserver.claims;

import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which claims the tokens for a resource have beside those that all have, and where each comes from. A claim whose attribute is
 * not there is left out. Immutable.
 *
 * <pre>{@code
 * ClaimMapping claims = ClaimMapping.builder()
 *         .claim("email", ClaimSource.subjectAttribute("mail"))
 *         .claim("roles", ClaimSource.subjectAttribute("roles"))
 *         .claim("https://example.com/tier", ClaimSource.clientAttribute("tier"))
 *         .build();
 * }</pre>
 */
public final class ClaimMapping {

    /** The longest name of a claim, in characters. */
    public static final int LONGEST_NAME = 256;

    /** The most claims. */
    public static final int MOST = 64;

    /**
     * What all claims of a token together may be: 24 KB and 1500 members and elements. {@link JsonLimits#JWT} is what they are
     * read by; the rest of it is for the other claims, and lets a token, encrypted too, come back in a form.
     */
    static final JsonLimits TOGETHER = new JsonLimits(24_576, 16, 1_500, 24_576, 64);

    private static final ClaimMapping NONE = builder().build();

    private final Map<String, ClaimSource> sources;
    private final AuthorityShape authorities;

    private ClaimMapping(Builder builder) {
        this.sources = Collections.unmodifiableMap(new LinkedHashMap<>(builder.sources));
        this.authorities = builder.authorities;
    }

    /** No claims. */
    public static ClaimMapping none() {
        return NONE;
    }

    /** Starts a mapping. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a claim is one of those that an {@link AuthorityShape} is for. */
    public static boolean isAuthority(String claim) {
        return ClaimForm.AUTHORITIES.contains(claim);
    }

    /** The claims about a subject and a client. */
    public MappedClaims map(Attributes subject, Attributes client) {
        if (sources.isEmpty()) {
            return MappedClaims.none();
        }
        JsonObject.Builder claims = JsonObject.builder();
        List<String> leftOut = new ArrayList<>();
        sources.forEach((claim, source) -> source.find(subject, client)
                .ifPresent(value -> ClaimForm.of(claim, value, authorities)
                        .ifPresentOrElse(formed -> claims.put(claim, formed), () -> leftOut.add(claim))));
        JsonObject all = claims.build();
        return isReadable(all) ? new MappedClaims(all, leftOut) : readable(all, leftOut);
    }

    /** Those that are within the limits together, the first ones first: nobody could ask about or revoke a token beyond them. */
    private static MappedClaims readable(JsonObject all, List<String> leftOut) {
        JsonObject.Builder kept = JsonObject.builder();
        List<String> notKept = new ArrayList<>(leftOut);
        for (String claim : all.names()) {
            kept.put(claim, all.find(claim).orElseThrow());
            if (!isReadable(kept.build())) {
                kept.remove(claim);
                notKept.add(claim);
            }
        }
        return new MappedClaims(kept.build(), notKept);
    }

    private static boolean isReadable(JsonObject claims) {
        try {
            JsonObject.parse(claims.toBytes(), TOGETHER);
            return true;
        } catch (JsonException beyond) {
            return false;
        }
    }

    /** The names of the claims. */
    @Override
    public String toString() {
        return "ClaimMapping to " + sources.keySet();
    }

    /** Collects a mapping. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final Map<String, ClaimSource> sources = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private AuthorityShape authorities = AuthorityShape.SCIM;

        private Builder() {}

        /**
         * A claim.
         *
         * @param name a registered one, one that no two parties choose (a URI), or any other that the resource and this server
         *     agree on (RFC 7519 §4.2, §4.3); none of {@link AccessTokenProfile#RESERVED_CLAIMS}
         */
        public Builder claim(String name, ClaimSource source) {
            if (sources.putIfAbsent(name, source) != null) {
                faults.add("claim " + name + " is given twice");
            }
            return this;
        }

        /** How {@code groups}, {@code roles} and {@code entitlements} are written; {@link AuthorityShape#SCIM} unless given. */
        public Builder authorityShape(AuthorityShape shape) {
            this.authorities = shape;
            return this;
        }

        /**
         * The mapping.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public ClaimMapping build() {
            List<String> found = new ArrayList<>(faults);
            if (sources.size() > MOST) {
                found.add("there are more than " + MOST);
            }
            sources.forEach((name, source) -> {
                if (name.isEmpty()
                        || name.length() > LONGEST_NAME
                        || name.chars().anyMatch(Character::isISOControl)) {
                    found.add("the name of a claim must have 1 to " + LONGEST_NAME
                            + " characters, none a control character");
                }
                if (source instanceof ClaimSource.FixedValue fixed
                        && ClaimForm.of(name, fixed.value(), authorities).isEmpty()) {
                    found.add("claim " + name + " can't have that value");
                }
            });
            AccessTokenProfile.reservedAmong(sources.keySet())
                    .forEach(name -> found.add("claim " + name + " is reserved for the server itself"));
            if (!found.isEmpty()) {
                throw new IllegalArgumentException("claims: " + String.join("; ", found));
            }
            return new ClaimMapping(this);
        }
    }
}
