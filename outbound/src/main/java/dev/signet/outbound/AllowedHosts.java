package dev.signet.outbound;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts that may be called by plain http and at addresses that are not public.
 *
 * @param entries {@code host} or {@code host:port} in lower case, IPv6 addresses in brackets
 */
record AllowedHosts(Set<String> entries) {
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    /** What is wrong with the entries; nothing if they are hosts. An entry is not repeated: it may hold a password. */
    static List<String> faults(Collection<String> entries) {
        boolean fit = entries.stream()
                .allMatch(entry -> ENTRY.matcher(entry.toLowerCase(Locale.ROOT)).matches());
        return fit ? List.of() : List.of("allowHosts: expected a host or host:port in each entry");
    }

    static AllowedHosts of(Collection<String> entries) {
        return new AllowedHosts(
                entries.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    /** @param host as a URI has it, in lower case */
    boolean permits(String host, int port) {
        return entries.contains(host) || entries.contains(host + ":" + port);
    }
}
