package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a claim of an assertion must be, besides what every assertion is held to (RFC 7521 §5.2: the issuer and whoever relies
 * on it agree on further statements). A claim that is not there, or null, meets no condition. Text is compared character by
 * character, and a type is never taken for another: {@code "74"} is not {@code 74}. Immutable.
 *
 * <pre>{@code
 * List<ClaimCondition> mainOfShop = List.of(
 *         ClaimCondition.equalTo("repository_id", "74"), ClaimCondition.beginsWith("ref", "refs/heads/release/"));
 * }</pre>
 */
public final class ClaimCondition {

    /** The most values that one condition may name. */
    public static final int MOST_VALUES = 64;

    /** The most conditions that somebody may make. */
    public static final int MOST = 32;

    /** Claims that have rules of their own, whoever made the JWT. */
    private static final Set<String> CHECKED = Set.of("iss", "aud", "exp", "nbf", "iat", "jti");

    private static final String EQUALS = "equals";
    private static final String ONE_OF = "one_of";
    private static final String CONTAINS = "contains";
    private static final String BEGINS_WITH = "begins_with";

    /** The words of which a condition that is written down has one. */
    public static final List<String> WORDS = List.of(BEGINS_WITH, CONTAINS, EQUALS, ONE_OF);

    private final String claim;
    private final String word;
    private final List<?> values;
    private final Predicate<Object> test;

    /** The claims that more than one of the conditions is on, in their order. */
    public static List<String> claimsNamedTwice(Collection<ClaimCondition> conditions) {
        Set<String> named = new HashSet<>();
        return conditions.stream()
                .map(ClaimCondition::claim)
                .filter(claim -> !named.add(claim))
                .distinct()
                .toList();
    }

    private ClaimCondition(String claim, String word, Collection<?> values, Predicate<Object> test) {
        List<String> all = new ArrayList<>();
        if (claim.isEmpty() || claim.length() > Attributes.LONGEST_NAME) {
            all.add("the claim must have a name of 1 to " + Attributes.LONGEST_NAME + " characters");
        }
        if (CHECKED.contains(claim)) {
            all.add(claim + " has rules of its own");
        }
        all.addAll(faults(values));
        if (!all.isEmpty()) {
            throw new IllegalArgumentException("condition: " + String.join("; ", all));
        }
        this.claim = claim;
        this.word = word;
        this.values = List.copyOf(values);
        this.test = test;
    }

    /**
     * The claim is that value.
     *
     * @param value text that is not empty, a whole number, or a truth value
     * @throws IllegalArgumentException naming every fault
     */
    public static ClaimCondition equalTo(String claim, Object value) {
        return new ClaimCondition(claim, EQUALS, List.of(value), asInJson(value)::equals);
    }

    /**
     * The claim is one of these values.
     *
     * @param values 1 to {@value #MOST_VALUES}, each as {@link #equalTo} takes it
     * @throws IllegalArgumentException naming every fault
     */
    public static ClaimCondition oneOf(String claim, Collection<?> values) {
        Set<Object> allowed = asInJson(values);
        return new ClaimCondition(claim, ONE_OF, values, allowed::contains);
    }

    /**
     * The claim is a list, and all these values are in it.
     *
     * @param values 1 to {@value #MOST_VALUES}, each as {@link #equalTo} takes it
     * @throws IllegalArgumentException naming every fault
     */
    public static ClaimCondition contains(String claim, Collection<?> values) {
        Set<Object> due = asInJson(values);
        return new ClaimCondition(
                claim, CONTAINS, values, asserted -> asserted instanceof List<?> list && list.containsAll(due));
    }

    /**
     * The claim is text that begins so, or is just that.
     *
     * @param prefix not empty; where names are parts of longer ones, it should end with what separates them
     * @throws IllegalArgumentException naming every fault
     */
    public static ClaimCondition beginsWith(String claim, String prefix) {
        return new ClaimCondition(
                claim,
                BEGINS_WITH,
                List.of(prefix),
                asserted -> asserted instanceof String text && text.startsWith(prefix));
    }

    /**
     * Reads a condition as {@link #toJson} writes it.
     *
     * @throws IllegalArgumentException naming every fault
     */
    public static ClaimCondition fromJson(String claim, JsonObject condition) {
        if (condition.size() != 1 || !WORDS.containsAll(condition.names())) {
            throw new IllegalArgumentException("condition: expected one of equals, one_of, contains and begins_with");
        }
        String word = condition.names().iterator().next();
        Object value = condition.find(word).orElseThrow();
        return switch (word) {
            case EQUALS -> equalTo(claim, value);
            case BEGINS_WITH -> beginsWith(claim, text(value));
            case ONE_OF -> oneOf(claim, value instanceof List<?> list ? list : List.of(value));
            default -> contains(claim, value instanceof List<?> list ? list : List.of(value));
        };
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(
                "condition: the beginning must be text (numbers, true and false need quotes)");
    }

    /** As it is written down: one word, and what the claim must be. */
    public JsonObject toJson() {
        boolean one = word.equals(EQUALS) || word.equals(BEGINS_WITH);
        return JsonObject.builder().put(word, one ? values.get(0) : values).build();
    }

    /** The name of the claim. */
    public String claim() {
        return claim;
    }

    /** Whether the claims meet it. */
    public boolean isMet(JsonObject claims) {
        return claims.find(claim).filter(test).isPresent();
    }

    private static Set<Object> asInJson(Collection<?> values) {
        return values.stream().map(ClaimCondition::asInJson).collect(Collectors.toUnmodifiableSet());
    }

    private static Object asInJson(Object value) {
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    private static List<String> faults(Collection<?> values) {
        List<String> faults = new ArrayList<>();
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            faults.add("there must be 1 to " + MOST_VALUES + " values");
        }
        if (!values.stream().allMatch(ClaimCondition::isFit)) {
            faults.add("a value must be text that is not empty, a whole number, or true or false");
        }
        return faults;
    }

    private static boolean isFit(Object value) {
        return value instanceof String text
                ? !text.isEmpty()
                : value instanceof Long || value instanceof Integer || value instanceof Boolean;
    }

    /** Shows the name of the claim only. */
    @Override
    public String toString() {
        return "ClaimCondition on " + claim;
    }
}
