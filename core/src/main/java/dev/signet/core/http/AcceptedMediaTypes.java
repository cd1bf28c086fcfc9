package dev.signet.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which media types a sender wants to be answered with (RFC 9110 §12.5.1). What can't be read in the header counts as not said;
 * nobody is refused for it. Immutable.
 */
public final class AcceptedMediaTypes {

    private static final int MOST_RANGES = 50;
    private static final int WHOLE = 1_000;
    private static final Pattern RANGE =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9a-z-]+)/([!#$%&'*+.^_`|~0-9a-z-]+)\\s*(;.*)?");
    private static final Pattern WEIGHT = Pattern.compile(";\\s*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;.*)?$");
    private static final Pattern ANY_WEIGHT = Pattern.compile(";\\s*q=");

    private final List<Range> ranges;

    private AcceptedMediaTypes(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** Reads the values of all {@code Accept} header fields of a request. */
    public static AcceptedMediaTypes read(ProtocolRequest request) {
        List<Range> ranges = new ArrayList<>();
        for (String field : request.headers("accept")) {
            for (String element : field.toLowerCase(Locale.ROOT).split(",", MOST_RANGES + 1)) {
                Range.read(element, ranges);
            }
        }
        return new AcceptedMediaTypes(List.copyOf(ranges));
    }

    /**
     * The media type to answer with: the one that is wanted most, of several wanted alike the first; also the first if none is
     * wanted, since an answer that was not wanted is better than none.
     *
     * @param offered in lower case, without parameters; not empty
     */
    public String prefer(List<String> offered) {
        String best = offered.get(0);
        for (String each : offered) {
            best = weight(each) > weight(best) ? each : best;
        }
        return best;
    }

    /** From 0 to 1000; the range that names the type most exactly decides. */
    private int weight(String mediaType) {
        int slash = mediaType.indexOf('/');
        String type = mediaType.substring(0, slash);
        String subtype = mediaType.substring(slash + 1);
        int exactness = -1;
        int weight = 0;
        for (Range range : ranges) {
            int fits = range.exactness(type, subtype);
            if (fits > exactness) {
                exactness = fits;
                weight = range.weight;
            }
        }
        return weight;
    }

    /** One element of the header. */
    private record Range(String type, String subtype, int weight) {

        static void read(String element, List<Range> found) {
            Matcher matcher = RANGE.matcher(element);
            if (matcher.matches() && found.size() < MOST_RANGES) {
                String parameters = matcher.group(3) == null ? "" : matcher.group(3);
                Matcher weight = WEIGHT.matcher(parameters);
                if (weight.find()) {
                    found.add(new Range(matcher.group(1), matcher.group(2), thousandths(weight.group(1))));
                } else if (!ANY_WEIGHT.matcher(parameters).find()) {
                    found.add(new Range(matcher.group(1), matcher.group(2), WHOLE));
                }
            }
        }

        private static int thousandths(String weight) {
            String digits = (weight.replace(".", "") + "000").substring(0, 4);
            return Integer.parseInt(digits);
        }

        /** 2 for the type itself, 1 for all of its kind, 0 for anything, less if it does not fit. */
        int exactness(String wantedType, String wantedSubtype) {
            if (type.equals("*")) {
                return subtype.equals("*") ? 0 : -1;
            }
            if (!type.equals(wantedType)) {
                return -1;
            }
            return subtype.equals("*") ? 1 : subtype.equals(wantedSubtype) ? 2 : -1;
        }
    }

    /** How many types are named. */
    @Override
    public String toString() {
        return "AcceptedMediaTypes of " + ranges.size();
    }
}
