package dev.signet.benchmarks.introspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Questions about the same tokens, asked again and again. */
final class Questions {

    private final String about;
    private final int revoked;
    private final AskedServer server;
    private final List<String> tokens;
    private final boolean active;
    private final List<Double> rounds = new ArrayList<>();

    Questions(String about, int revoked, AskedServer server, List<String> tokens, boolean active) {
        this.about = about;
        this.revoked = revoked;
        this.server = server;
        this.tokens = tokens;
        this.active = active;
    }

    /** One round, which counts or only warms up. */
    void ask(boolean counts) {
        long start = System.nanoTime();
        for (String token : tokens) {
            if (server.isActive(token) != active) {
                throw new IllegalStateException("a wrong answer");
            }
        }
        if (counts) {
            rounds.add((System.nanoTime() - start) / 1e3 / tokens.size());
        }
    }

    String row(Questions first) {
        String ratio = equals(first)
                ? ""
                : String.format(Locale.ROOT, "%+.0f %%", 100 * (microseconds() / first.microseconds() - 1));
        return String.format(Locale.ROOT, "| %s | %d | %.1f | %s |%n", about, revoked, microseconds(), ratio);
    }

    /** A question, the median of the rounds. */
    private double microseconds() {
        return rounds.stream().sorted().toList().get(rounds.size() / 2);
    }
}
