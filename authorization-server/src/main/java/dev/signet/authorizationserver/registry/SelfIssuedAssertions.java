package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.SubjectPattern;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the assertions are good for that a client makes itself, with the key it authenticates by (RFC 7521 §5.2, §6.2, §6.3): it
 * may speak for itself, and for the subjects that have granted it that. Immutable.
 *
 * <pre>{@code
 * SelfIssuedAssertions forStaff = SelfIssuedAssertions.aboutItself().andAbout("*@staff.example").accountRequired(true);
 * }</pre>
 *
 * @param subjects those it may speak for besides itself
 * @param isAccountRequired whether they must have an account here
 * @param allowsUnauthenticatedClient whether the assertion alone is enough, without authentication beside it
 * @param allowsReuse whether an assertion may be used until it expires
 */
public record SelfIssuedAssertions(
        List<SubjectPattern> subjects,
        boolean isAccountRequired,
        boolean allowsUnauthenticatedClient,
        boolean allowsReuse) {

    /** The most patterns. */
    public static final int MOST_SUBJECTS = 64;

    private static final String SUBJECTS = "subjects";
    private static final String REQUIRE_ACCOUNT = "require_account";
    private static final String ALLOW_UNAUTHENTICATED = "allow_unauthenticated_client";
    private static final String ALLOW_REUSE = "allow_assertion_reuse";
    private static final Set<String> MEMBERS = Set.of(SUBJECTS, REQUIRE_ACCOUNT, ALLOW_UNAUTHENTICATED, ALLOW_REUSE);

    /** @throws IllegalArgumentException if there are too many patterns, or an account is required of nobody */
    public SelfIssuedAssertions {
        subjects = List.copyOf(subjects);
        if (subjects.size() > MOST_SUBJECTS) {
            throw new IllegalArgumentException("subjects must be at most " + MOST_SUBJECTS);
        }
        if (isAccountRequired && subjects.isEmpty()) {
            throw new IllegalArgumentException("require_account is on, though there are no subjects but the client");
        }
    }

    /** Good for tokens that speak for the client itself, used once, with authentication beside it. */
    public static SelfIssuedAssertions aboutItself() {
        return new SelfIssuedAssertions(List.of(), false, false, false);
    }

    /**
     * The same, good for further subjects.
     *
     * @param patterns texts with at most one {@code *} each, and something beside it
     * @throws IllegalArgumentException if one is none, or there are too many
     */
    public SelfIssuedAssertions andAbout(String... patterns) {
        List<SubjectPattern> all = new ArrayList<>(subjects);
        List.of(patterns).forEach(pattern -> all.add(SubjectPattern.parse(pattern)));
        return new SelfIssuedAssertions(all, isAccountRequired, allowsUnauthenticatedClient, allowsReuse);
    }

    /** The same, for subjects who have an account here, or need none. */
    public SelfIssuedAssertions accountRequired(boolean required) {
        return new SelfIssuedAssertions(subjects, required, allowsUnauthenticatedClient, allowsReuse);
    }

    /** The same, where the assertion alone is enough; tokens carry the {@code client_id} of the client that made it. */
    public SelfIssuedAssertions allowUnauthenticatedClient(boolean allowed) {
        return new SelfIssuedAssertions(subjects, isAccountRequired, allowed, allowsReuse);
    }

    /** The same, where an assertion may be used until it expires; the client then authenticates by typed assertions only. */
    public SelfIssuedAssertions allowAssertionReuse(boolean allowed) {
        return new SelfIssuedAssertions(subjects, isAccountRequired, allowsUnauthenticatedClient, allowed);
    }

    /**
     * Reads them as {@link #toJson} writes them.
     *
     * @throws IllegalArgumentException naming what is not as it must be
     * @throws dev.signet.jwt.json.JsonException if a member has another JSON type
     */
    static SelfIssuedAssertions fromJson(JsonObject json) {
        Set<String> others = new TreeSet<>(json.names());
        others.removeAll(MEMBERS);
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("there are only " + String.join(", ", new TreeSet<>(MEMBERS)));
        }
        Collection<String> patterns = json.findStrings(SUBJECTS).orElse(List.of());
        return aboutItself()
                .andAbout(patterns.toArray(String[]::new))
                .accountRequired(json.findBoolean(REQUIRE_ACCOUNT).orElse(false))
                .allowUnauthenticatedClient(
                        json.findBoolean(ALLOW_UNAUTHENTICATED).orElse(false))
                .allowAssertionReuse(json.findBoolean(ALLOW_REUSE).orElse(false));
    }

    /** As it is written down, without what is as it is anyway. */
    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        if (!subjects.isEmpty()) {
            json.put(SUBJECTS, subjects.stream().map(SubjectPattern::text).toList());
        }
        if (isAccountRequired) {
            json.put(REQUIRE_ACCOUNT, true);
        }
        if (allowsUnauthenticatedClient) {
            json.put(ALLOW_UNAUTHENTICATED, true);
        }
        if (allowsReuse) {
            json.put(ALLOW_REUSE, true);
        }
        return json.build();
    }
}
