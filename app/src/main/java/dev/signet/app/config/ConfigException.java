package dev.signet.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when the configuration can't be used; tells everything that is wrong with it. */
public final class ConfigException extends RuntimeException {

    private final transient List<Fault> faults;

    /** Faults in the order in which they stand in the file. */
    public ConfigException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** In the order in which they stand in the file; at least one. */
    public List<Fault> faults() {
        return faults;
    }
}
