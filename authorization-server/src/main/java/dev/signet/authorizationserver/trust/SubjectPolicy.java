package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.SubjectPattern;
import dev.signet.jwt.json.JsonObject;
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
 * <p>What the methods here make can be written down with its trust ({@link TrustedIssuer#toJson}), but for a name on top of a name
 * and exact subjects with a {@code *}; code can't. Two issuers that assert the same subject mean the same subject in the token, unless a prefix or a mapping keeps them
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
        // A pattern could not say what these are.
        return copy.stream().anyMatch(subject -> subject.contains("*"))
                ? (asserted, claims) -> copy.contains(asserted) ? Optional.of(asserted) : Optional.empty()
                : SubjectMapping.matching(
                        copy.stream().sorted().map(SubjectPattern::parse).toList());
    }

    /**
     * The subjects that match one of the patterns, under the same name. A pattern is a text with at most one {@code *}, which
     * stands for any characters, none included; something must stand beside it.
     */
    static SubjectPolicy matching(String... patterns) {
        if (patterns.length == 0) {
            throw new IllegalArgumentException("patterns must not be empty");
        }
        return SubjectMapping.matching(
                List.of(patterns).stream().map(SubjectPattern::parse).toList());
    }

    /** These subjects, each under another name. */
    static SubjectPolicy mapping(Map<String, String> subjects) {
        Map<String, String> copy = Map.copyOf(subjects);
        if (copy.isEmpty() || copy.containsKey("") || copy.containsValue("")) {
            throw new IllegalArgumentException("subjects must not be empty, nor hold an empty one");
        }
        return SubjectMapping.naming(copy);
    }

    /** Whatever the issuer asserts, under the same name: it may pose as anybody. */
    static SubjectPolicy allowAny() {
        return SubjectMapping.ANY;
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
