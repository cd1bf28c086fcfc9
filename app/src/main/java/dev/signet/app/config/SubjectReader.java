package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads for whom a trusted issuer speaks, and under which names (RFC 7521 §6.3). */
final class SubjectReader {

    private SubjectReader() {}

    /** {@code subjects} is a list of patterns, or a mapping from the issuer's names to ours. */
    static Optional<SubjectPolicy> read(Section section) {
        boolean any = section.flag("allow_any_subject").orElse(false);
        boolean mapping =
                section.node("subjects").filter(Entries.class::isInstance).isPresent();
        Optional<SubjectPolicy> policy = mapping ? mapped(section) : matching(section);
        if (any == section.has("subjects")) {
            section.fault(
                    any ? "allow_any_subject" : "",
                    "expected subjects, or allow_any_subject: true when the issuer may speak for anybody");
        }
        return (any ? Optional.of(SubjectPolicy.allowAny()) : policy).map(chosen -> named(section, mapping, chosen));
    }

    private static SubjectPolicy named(Section section, boolean mapping, SubjectPolicy chosen) {
        Optional<String> claim = text(section, "subject_claim", "the name of a claim");
        Optional<String> fixed = text(section, "fixed_subject", "the subject of all its tokens");
        Optional<String> prefix = text(section, "subject_prefix", "text to put before each subject");
        String last = section.has("fixed_subject") ? "fixed_subject" : "subject_claim";
        if (Stream.of(mapping, section.has("subject_claim"), section.has("fixed_subject"))
                        .filter(is -> is)
                        .count()
                > 1) {
            section.fault(last, "expected one of subject_claim, fixed_subject and a mapping in subjects");
        }
        if (section.has("fixed_subject") && section.has("subject_prefix")) {
            section.fault("subject_prefix", "expected as a part of fixed_subject");
        }
        SubjectPolicy named =
                claim.map(chosen::fromClaim).or(() -> fixed.map(chosen::as)).orElse(chosen);
        return prefix.map(named::prefixedWith).orElse(named);
    }

    private static Optional<String> text(Section section, String key, String expected) {
        return section.value(key, expected, text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return text;
        });
    }

    private static Optional<SubjectPolicy> matching(Section section) {
        Optional<List<String>> patterns = section.values("subjects", "text with at most one *", pattern -> {
            SubjectPolicy.matching(pattern);
            return pattern;
        });
        return patterns.filter(all -> !all.isEmpty()).map(all -> SubjectPolicy.matching(all.toArray(String[]::new)));
    }

    private static Optional<SubjectPolicy> mapped(Section section) {
        return section.section("subjects").flatMap(subjects -> {
            try {
                return Optional.of(SubjectPolicy.mapping(subjects.allTexts()));
            } catch (IllegalArgumentException e) {
                section.fault("subjects", "expected subjects that are not empty");
                return Optional.empty();
            }
        });
    }
}
