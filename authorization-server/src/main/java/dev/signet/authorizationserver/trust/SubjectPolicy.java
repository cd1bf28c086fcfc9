package dev.signet.authorizationserver.trust;

import dev.signet.jwt.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which subjects an issuer may speak for, and who they are here (RFC 7521 §6.3). Replace it where subjects are looked
 * up.
 *
 * <pre>{@code
 * SubjectPolicy jobs = SubjectPolicy.matching("repo:acme/*").prefixedWith("ci/");
 * }</pre>
 *
 * <p>Two issuers that assert the same subject mean the same subject in the token, unless a prefix or a mapping keeps them
 * apart. Thread-safe.
 */
@FunctionalInterface
public interface SubjectPolicy {

    /**
     * The subject of the access token: 1 to 1024 characters, none of them a control character; another is refused.
     *
     * @param asserted the {@code sub} of an assertion that is valid; what its issuer made up
     * @param claims all its claims
     * @return empty to refuse it
     */
    Optional<String> subjectFor(String asserted, JsonObject claims);

    /** These subjects, under the same name. */
    static SubjectPolicy exactly(Set<String> subjects) {
        Set<String> copy = Set.copyOf(subjects);
        if (copy.isEmpty() || copy.contains("")) {
            throw new IllegalArgumentException("subjects must not be empty, nor hold an empty one");
        }
        return (asserted, claims) -> copy.contains(asserted) ? Optional.of(asserted) : Optional.empty();
    }

    /**
     * The subjects that match one of the patterns, under the same name. A pattern is a text with at most one {@code *}, which
     * stands for any characters, none included; something must stand beside it.
     */
    static SubjectPolicy matching(String... patterns) {
        if (patterns.length == 0) {
            throw new IllegalArgumentException("patterns must not be empty");
        }
        List<SubjectPattern> compiled =
                List.of(patterns).stream().map(SubjectPattern::parse).toList();
        return (asserted, claims) -> compiled.stream().anyMatch(pattern -> pattern.matches(asserted))
                ? Optional.of(asserted)
                : Optional.empty();
    }

    /** These subjects, each under another name. */
    static SubjectPolicy mapping(Map<String, String> subjects) {
        Map<String, String> copy = Map.copyOf(new LinkedHashMap<>(subjects));
        if (copy.isEmpty() || copy.containsKey("") || copy.containsValue("")) {
            throw new IllegalArgumentException("subjects must not be empty, nor hold an empty one");
        }
        return (asserted, claims) -> Optional.ofNullable(copy.get(asserted));
    }

    /** Whatever the issuer asserts, under the same name: it may pose as anybody. */
    static SubjectPolicy allowAny() {
        return (asserted, claims) -> Optional.of(asserted);
    }

    /** This policy, with a text put before each subject. */
    default SubjectPolicy prefixedWith(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("prefix must not be empty");
        }
        return (asserted, claims) -> subjectFor(asserted, claims).map(subject -> prefix + subject);
    }

    /**
     * The subjects of this policy, each under the name that a claim has for it. Without that claim as text, the assertion is
     * refused.
     */
    default SubjectPolicy fromClaim(String claim) {
        if (claim.isEmpty()) {
            throw new IllegalArgumentException("claim must not be empty");
        }
        return (asserted, claims) -> subjectFor(asserted, claims)
                .flatMap(subject -> claims.find(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** The subjects of this policy, all under one name: to the APIs they are one. */
    default SubjectPolicy as(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        return (asserted, claims) -> subjectFor(asserted, claims).map(subject -> name);
    }
}
