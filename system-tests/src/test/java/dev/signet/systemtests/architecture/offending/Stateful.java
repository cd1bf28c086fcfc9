package dev.signet.systemtests.architecture.offending;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Holds state for the whole process; the last four are constants. */
public final class Stateful {
    static int counter;
    static final AtomicLong COUNT = new AtomicLong();
    static final SecureRandom RANDOM = new SecureRandom();
    static final List<String> NAMES = new ArrayList<>();
    static final Map<String, String> CACHE = new ConcurrentHashMap<>();
    public static final int[] OPEN_TABLE = {1, 2};

    private static final int[] TABLE = {1, 2};
    static final Set<String> WORDS = Set.of("a", "b");
    static final List<String> VIEW = Collections.unmodifiableList(new ArrayList<>());
    static final String TEXT = "text";

    private Stateful() {}

    static int sum() {
        return TABLE[0] + TABLE[1];
    }
}
