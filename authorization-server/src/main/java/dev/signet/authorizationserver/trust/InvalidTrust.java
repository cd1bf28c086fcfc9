package dev.signet.authorizationserver.trust;

import java.util.List;
import java.util.stream.Collectors;

/** Says what is wrong with a trust that was written down, member by member. Holds no value of it. */
public final class InvalidTrust extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * One thing that is wrong.
     *
     * @param path the member, such as {@code conditions.ref.equals}; empty if it is about all of the trust
     * @param words what is wrong with it
     */
    public record Fault(String path, String words) {

        @Override
        public String toString() {
            return path.isEmpty() ? words : path + ": " + words;
        }
    }

    InvalidTrust(List<Fault> faults) {
        super("trusted issuer: " + faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong. */
    public List<Fault> faults() {
        return faults;
    }
}
