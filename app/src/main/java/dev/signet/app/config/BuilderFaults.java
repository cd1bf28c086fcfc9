package dev.signet.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings what a builder reports to the keys in the file that it speaks of. */
final class BuilderFaults {

    private BuilderFaults() {}

    /**
     * Tells each fault that the message names, at the key it mentions, else at the section.
     *
     * @param message as builders write it: what is built, a colon, the faults with semicolons between
     * @param keys those the section may have
     */
    static void tell(Section section, String message, Set<String> keys) {
        String faults = message.replaceFirst("^[^;]*?: ", "");
        for (String fault : List.of(faults.split("; "))) {
            String key = mentioned(fault, keys).orElse("");
            boolean given = !key.isEmpty() && section.has(key);
            section.fault(given ? key : "", fault.replaceFirst("^" + Pattern.quote(given ? key : "") + ":? ", ""));
        }
    }

    /** The key that comes first in the words of a fault. */
    private static Optional<String> mentioned(String fault, Set<String> keys) {
        return keys.stream()
                .filter(key -> position(fault, key) >= 0)
                .min(Comparator.comparingInt(key -> position(fault, key)));
    }

    private static int position(String fault, String key) {
        var matcher = Pattern.compile("(?<![A-Za-z_])" + Pattern.quote(key) + "(?![A-Za-z_])")
                .matcher(fault);
        return matcher.find() ? matcher.start() : -1;
    }
}
