package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Items;
import dev.signet.authorizationserver.trust.ClaimCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code conditions} of a trusted issuer: what further claims of its assertions must be (RFC 7523 §5). */
final class ConditionReader {

    private interface Kind {
        ClaimCondition on(String claim, List<?> values);
    }

    /** The words, and those of them behind which a list can stand. */
    private static final Map<String, Kind> KINDS = Map.of(
            "equals",
            (claim, values) -> ClaimCondition.equalTo(claim, values.get(0)),
            "one_of",
            ClaimCondition::oneOf,
            "contains",
            ClaimCondition::contains,
            "begins_with",
            (claim, values) -> ClaimCondition.beginsWith(claim, text(values.get(0))));

    private static final Set<String> OF_MANY = Set.of("one_of", "contains");

    private ConditionReader() {}

    static List<ClaimCondition> read(Section issuer) {
        List<ClaimCondition> conditions = new ArrayList<>();
        issuer.section("conditions")
                .ifPresent(all -> all.entries()
                        .entries()
                        .keySet()
                        .forEach(claim -> all.section(claim)
                                .flatMap(section -> condition(section, claim))
                                .ifPresent(conditions::add)));
        return conditions;
    }

    private static Optional<ClaimCondition> condition(Section section, String claim) {
        List<String> words =
                KINDS.keySet().stream().sorted().filter(section::has).toList();
        section.done();
        if (words.size() != 1) {
            section.fault("", "expected one of equals, one_of, contains and begins_with");
            return Optional.empty();
        }
        String word = words.get(0);
        YamlNode node = section.node(word).orElseThrow();
        try {
            List<?> values = node instanceof Items list && OF_MANY.contains(word)
                    ? list.items().stream().map(YamlJson::value).toList()
                    : List.of(YamlJson.value(node));
            Kind kind = KINDS.get(word);
            return kind == null ? Optional.empty() : Optional.of(kind.on(claim, values));
        } catch (IllegalArgumentException e) {
            section.fault(word, String.valueOf(e.getMessage()).replaceFirst("^condition: ", ""));
            return Optional.empty();
        }
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the beginning must be text (numbers, true and false need quotes)");
    }
}
