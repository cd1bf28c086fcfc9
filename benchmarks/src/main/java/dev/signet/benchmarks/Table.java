package dev.signet.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results of one run as a table: nanoseconds and octets an operation, and what Signet adds to the signature. */
final class Table {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Comparison comparison;
    private final Collection<RunResult> results;

    Table(Comparison comparison, Collection<RunResult> results) {
        this.comparison = comparison;
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("| algorithm | provider | ")
                .append(String.join(" | ", comparison.titles()))
                .append(" | Signet − raw |\n|")
                .append(" --- |".repeat(comparison.columns().size() + 3))
                .append('\n');
        for (Scheme scheme : Scheme.values()) {
            for (Crypto crypto : Crypto.values()) {
                row(text, scheme, crypto);
            }
        }
        return text.append("\nEach cell: ns/op (median of the iterations), B/op.\n")
                .toString();
    }

    private void row(StringBuilder text, Scheme scheme, Crypto crypto) {
        text.append("| ").append(scheme).append(" | ").append(crypto).append(" |");
        for (String column : comparison.columns()) {
            String cell = find(scheme, crypto, column).map(Table::cell).orElse("—");
            text.append(' ').append(cell).append(" |");
        }
        Optional<RunResult> raw = find(scheme, crypto, comparison.columns().get(0));
        Optional<RunResult> ours = find(scheme, crypto, comparison.columns().get(1));
        String difference = raw.isPresent() && ours.isPresent()
                ? number(nanoseconds(ours.get()) - nanoseconds(raw.get())) + " ns"
                : "—";
        text.append(' ').append(difference).append(" |\n");
    }

    private Optional<RunResult> find(Scheme scheme, Crypto crypto, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .filter(result -> result.getParams().getParam("scheme").equals(scheme.name()))
                .filter(result -> result.getParams().getParam("crypto").equals(crypto.name()))
                .findFirst();
    }

    private static String cell(RunResult result) {
        Result<?> allocated = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        return number(nanoseconds(result)) + ", " + number(allocated.getScore());
    }

    private static double nanoseconds(RunResult result) {
        List<Double> scores = result.getBenchmarkResults().stream()
                .flatMap(benchmark -> benchmark.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .map(primary -> primary.getScore())
                .sorted()
                .toList();
        return scores.get(scores.size() / 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', ' ');
    }
}
