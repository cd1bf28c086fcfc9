package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.SubjectPattern;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies that can be written down: which subjects, and what they are called here. Without patterns and names it is
 * whatever the issuer asserts.
 *
 * @param patterns one of them must match
 * @param names the subjects there are, and what each is called
 * @param claim the claim that has the name
 * @param name the name of all
 * @param prefix what is put before each name
 */
record SubjectMapping(
        List<SubjectPattern> patterns,
        Map<String, String> names,
        @Nullable String claim,
        @Nullable String name,
        String prefix)
        implements SubjectPolicy {

    static final SubjectMapping ANY = new SubjectMapping(List.of(), Map.of(), null, null, "");

    static SubjectMapping matching(List<SubjectPattern> patterns) {
        return new SubjectMapping(List.copyOf(patterns), Map.of(), null, null, "");
    }

    static SubjectMapping naming(Map<String, String> names) {
        return new SubjectMapping(List.of(), Map.copyOf(names), null, null, "");
    }

    @Override
    public Optional<String> subjectFor(String asserted, JsonObject claims) {
        return chosen(asserted).flatMap(subject -> named(subject, claims)).map(prefix::concat);
    }

    private Optional<String> chosen(String asserted) {
        if (!names.isEmpty()) {
            return Optional.ofNullable(names.get(asserted));
        }
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(asserted))
                ? Optional.of(asserted)
                : Optional.empty();
    }

    private Optional<String> named(String subject, JsonObject claims) {
        if (claim != null) {
            return claims.find(claim).filter(String.class::isInstance).map(String.class::cast);
        }
        return Optional.of(name == null ? subject : name);
    }

    @Override
    public SubjectPolicy prefixedWith(String text) {
        requireText(text, "prefix");
        return new SubjectMapping(patterns, names, claim, name, text + prefix);
    }

    @Override
    public SubjectPolicy fromClaim(String named) {
        requireText(named, "claim");
        return hasOwnNames()
                ? SubjectPolicy.super.fromClaim(named)
                : new SubjectMapping(patterns, names, named, null, "");
    }

    @Override
    public SubjectPolicy as(String shared) {
        requireText(shared, "name");
        return hasOwnNames() ? SubjectPolicy.super.as(shared) : new SubjectMapping(patterns, names, null, shared, "");
    }

    /** Whether another name would come on top of one that has a condition of its own. */
    private boolean hasOwnNames() {
        return !names.isEmpty() || claim != null || name != null;
    }

    private static void requireText(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
    }

    /** What subjects are called that are known beforehand. */
    Set<String> ownNames() {
        if (claim != null) {
            return Set.of();
        }
        Stream<String> known = name != null
                ? Stream.of(name)
                : Stream.concat(
                        names.values().stream(),
                        patterns.stream().filter(pattern -> !pattern.open()).map(SubjectPattern::text));
        return known.map(prefix::concat).collect(Collectors.toUnmodifiableSet());
    }

    void write(JsonObject.Builder json) {
        if (!names.isEmpty()) {
            JsonObject.Builder subjects = JsonObject.builder();
            new TreeMap<>(names).forEach(subjects::put);
            json.put("subjects", subjects.build());
        } else if (patterns.isEmpty()) {
            json.put("allow_any_subject", true);
        } else {
            json.put("subjects", patterns.stream().map(SubjectPattern::text).toList());
        }
        if (claim != null) {
            json.put("subject_claim", claim);
        }
        if (name != null) {
            json.put("fixed_subject", prefix + name);
        } else if (!prefix.isEmpty()) {
            json.put("subject_prefix", prefix);
        }
    }

    static Optional<SubjectPolicy> read(Members trust) {
        boolean any = trust.flag("allow_any_subject").orElse(false);
        if (any == trust.has("subjects")) {
            trust.fault(
                    any ? "allow_any_subject" : "",
                    "expected subjects, or allow_any_subject: true when the issuer may speak for anybody");
        }
        Optional<SubjectPolicy> chosen = any ? Optional.of(ANY) : chosen(trust);
        boolean mapping = trust.isObject("subjects");
        Optional<String> claim = text(trust, "subject_claim", "the name of a claim");
        Optional<String> fixed = text(trust, "fixed_subject", "the subject of all its tokens");
        Optional<String> prefix = text(trust, "subject_prefix", "text to put before each subject");
        boolean hasClaim = trust.has("subject_claim");
        boolean hasFixed = trust.has("fixed_subject");
        if (mapping ? hasClaim || hasFixed : hasClaim && hasFixed) {
            trust.fault(
                    hasFixed ? "fixed_subject" : "subject_claim",
                    "expected one of subject_claim, fixed_subject and a mapping in subjects");
        }
        if (hasFixed && trust.has("subject_prefix")) {
            trust.fault("subject_prefix", "expected as a part of fixed_subject");
        }
        return chosen.map(policy -> claim.map(policy::fromClaim)
                        .or(() -> fixed.map(policy::as))
                        .orElse(policy))
                .map(policy -> prefix.map(policy::prefixedWith).orElse(policy));
    }

    private static Optional<SubjectPolicy> chosen(Members trust) {
        if (!trust.isObject("subjects")) {
            return trust.some("subjects", "text with at most one *", SubjectPattern::parse)
                    .filter(patterns -> !patterns.isEmpty())
                    .map(SubjectMapping::matching);
        }
        Map<String, String> names = new TreeMap<>();
        Members subjects = trust.object("subjects").orElseThrow();
        subjects.names()
                .forEach(each -> text(subjects, each, "the subject that it is here")
                        .ifPresent(subject -> names.put(each, subject)));
        if (subjects.names().isEmpty() || subjects.has("")) {
            trust.fault("subjects", "expected subjects that are not empty");
            return Optional.empty();
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(naming(names));
    }

    private static Optional<String> text(Members members, String name, String expected) {
        return members.value(name, expected, text -> {
            requireText(text, name);
            return text;
        });
    }
}
