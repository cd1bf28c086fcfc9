package dev.signet.systemtests.architecture.offending.cycle.one;

import dev.signet.systemtests.architecture.offending.cycle.two.Two;
import java.util.List;

/** Needs {@link Two}, which needs it. */
public record One(List<Two> twos) {
    public int size() {
        return twos.stream().mapToInt(Two::size).sum();
    }
}
