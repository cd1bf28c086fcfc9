package dev.signet.core.http;

import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a form body or query (RFC 6749 §3.1, §3.2, appendix B).
 *
 * <p>A parameter without a value counts as omitted, but still as an occurrence when repeats are looked for. A name
 * that is not in {@link ParameterName#KNOWN} may come as often as it likes. Immutable.
 */
public final class FormParameters {

    /** The most pairs that are read. */
    public static final int MAXIMUM_PAIRS = 200;

    private static final FormParameters EMPTY = new FormParameters(Map.of());

    private final Map<String, List<String>> values;

    private FormParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** No parameters. */
    public static FormParameters empty() {
        return EMPTY;
    }

    /**
     * Reads the octets of a form: UTF-8, percent-encoded.
     *
     * @throws OAuthException {@code invalid_request} for a broken percent escape, octets that are not UTF-8 (overlong
     *     forms and surrogates included), a NUL, or more than {@value #MAXIMUM_PAIRS} pairs
     */
    public static FormParameters parse(byte[] form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int pairs = 0;
        int start = 0;
        while (start <= form.length) {
            int end = indexOf(form, '&', start, form.length);
            if (end > start) {
                if (++pairs > MAXIMUM_PAIRS) {
                    throw malformed("more than " + MAXIMUM_PAIRS + " parameters");
                }
                int equals = indexOf(form, '=', start, end);
                String name = decode(form, start, equals);
                String value = equals < end ? decode(form, equals + 1, end) : "";
                values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
            start = end + 1;
        }
        return new FormParameters(values);
    }

    /** Parameters that came in another way than as a form: the values of each, in order. */
    public static FormParameters of(Map<String, List<String>> parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        parameters.forEach((name, each) -> values.put(name, List.copyOf(each)));
        return new FormParameters(values);
    }

    /** Reads the query of a request URI by the same rules. */
    public static FormParameters parse(String query) {
        return parse(query.getBytes(StandardCharsets.UTF_8));
    }

    /** These parameters and those: what both have, it has more than once. */
    public FormParameters and(FormParameters others) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        values.forEach((name, each) -> all.put(name, new ArrayList<>(each)));
        others.values.forEach((name, each) ->
                all.computeIfAbsent(name, key -> new ArrayList<>(1)).addAll(each));
        return new FormParameters(all);
    }

    /** These parameters without some, and without those that have no value. */
    public FormParameters without(Set<String> names) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        values.keySet().stream()
                .filter(name -> !names.contains(name) && !all(name).isEmpty())
                .forEach(name -> left.put(name, all(name)));
        return new FormParameters(left);
    }

    /** The form body of these parameters, for a client to send. */
    public static String encode(List<Map.Entry<String, String>> parameters) {
        StringBuilder form = new StringBuilder();
        for (Map.Entry<String, String> parameter : parameters) {
            if (form.length() > 0) {
                form.append('&');
            }
            form.append(FormEncoding.encode(parameter.getKey()))
                    .append('=')
                    .append(FormEncoding.encode(parameter.getValue()));
        }
        return form.toString();
    }

    /**
     * The value of a parameter that may come once; empty if it is absent or has no value.
     *
     * @throws OAuthException {@code invalid_request} if it comes more than once
     */
    public Optional<String> single(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw repeated(name);
        }
        return all.isEmpty() || all.get(0).isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /**
     * The value of a parameter that must come once.
     *
     * @throws OAuthException {@code invalid_request} if it is absent, has no value or comes more than once
     */
    public String require(String name) {
        return single(name)
                .orElseThrow(() -> OAuthException.invalidRequest(
                        publicName(name) + " is missing",
                        RefusalReason.PARAMETER_MISSING,
                        publicName(name) + " is absent or empty"));
    }

    /** All values of a parameter that may be repeated, in order; without the empty ones. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * Refuses a form in which a known parameter comes more than once, whether it is used or not; unknown ones may
     * (RFC 6749 §3.2).
     *
     * @param repeatable names that an extension lets come several times, such as {@code resource}
     * @throws OAuthException {@code invalid_request} naming the parameter
     */
    public void requireUnrepeated(Set<String> repeatable) {
        values.forEach((name, all) -> {
            if (all.size() > 1 && ParameterName.KNOWN.contains(name) && !repeatable.contains(name)) {
                throw repeated(name);
            }
        });
    }

    /** The names that occur, also those without a value. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Known names only: neither values nor names that a sender made up belong in a log. */
    @Override
    public String toString() {
        Set<String> known = new TreeSet<>(values.keySet());
        known.retainAll(ParameterName.KNOWN);
        return "FormParameters" + known + " and " + (values.size() - known.size()) + " unknown";
    }

    private static String decode(byte[] form, int start, int end) {
        return FormEncoding.decode(form, start, end)
                .orElseThrow(() -> malformed("a broken percent escape, octets that are not UTF-8, or a NUL"));
    }

    private static int indexOf(byte[] octets, char wanted, int start, int end) {
        int index = start;
        while (index < end && octets[index] != wanted) {
            index++;
        }
        return index;
    }

    private static OAuthException malformed(String detail) {
        return OAuthException.invalidRequest(
                "The form is malformed", RefusalReason.PARAMETER_MALFORMED, "the form has " + detail);
    }

    private static OAuthException repeated(String name) {
        return OAuthException.invalidRequest(
                publicName(name) + " comes more than once",
                RefusalReason.PARAMETER_REPEATED,
                publicName(name) + " is repeated");
    }

    /** A name that is not known may be the sender's invention, and is not given back. */
    private static String publicName(String name) {
        return ParameterName.KNOWN.contains(name) ? name : "A parameter";
    }
}
