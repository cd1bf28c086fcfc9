package dev.signet.benchmarks;

import dev.signet.benchmarks.Comparison.Column;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results of one run: nanoseconds and octets an operation, and what each library adds to the bare signature. */
final class Table {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Comparison comparison;
    private final Collection<RunResult> results;

    Table(Comparison comparison, Collection<RunResult> results) {
        this.comparison = comparison;
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder("| algorithm, provider |");
        comparison
                .columns()
                .forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append("\n|")
                .append(" --- |".repeat(comparison.columns().size() + 1))
                .append('\n');
        for (Scheme scheme : Scheme.values()) {
            for (Crypto crypto : Crypto.values()) {
                text.append(row(scheme, crypto)).append('\n');
            }
        }
        text.append("\nns an operation (and beyond the raw signature), octets allocated; medians.\n");
        for (String live : List.of("1000", "100000")) {
            find("live", live, "seen").ifPresent(seen -> text.append(seen(live, seen)));
        }
        return text.toString();
    }

    private String row(Scheme scheme, Crypto crypto) {
        StringBuilder row = new StringBuilder("| ")
                .append(scheme)
                .append(", ")
                .append(crypto)
                .append(" |");
        List<RunResult> same = results.stream()
                .filter(result -> scheme.name().equals(result.getParams().getParam("scheme")))
                .filter(result -> crypto.name().equals(result.getParams().getParam("crypto")))
                .toList();
        Optional<RunResult> raw = find(same, comparison.columns().get(0).method());
        for (Column column : comparison.columns()) {
            Optional<RunResult> result = find(same, column.method());
            row.append(' ').append(cell(raw, result)).append(" |");
        }
        return row.toString();
    }

    private static String cell(Optional<RunResult> raw, Optional<RunResult> result) {
        if (result.isEmpty() || raw.isEmpty()) {
            return "—";
        }
        double difference = nanoseconds(result.get()) - nanoseconds(raw.get());
        String beyond = result.equals(raw) ? "" : " (" + (difference < 0 ? "" : "+") + number(difference) + ")";
        return number(nanoseconds(result.get())) + beyond + ", " + number(allocated(result.get()));
    }

    private String seen(String live, RunResult seen) {
        double text = find("live", live, "text").map(Table::nanoseconds).orElse(0.0);
        return "\nSeen before, among " + live + " live tokens: " + number(nanoseconds(seen)) + " ns, of which "
                + number(text) + " ns for making the header's text; " + number(allocated(seen)) + " octets.\n";
    }

    private Optional<RunResult> find(String parameter, String value, String method) {
        return find(
                results.stream()
                        .filter(result -> value.equals(result.getParams().getParam(parameter)))
                        .toList(),
                method);
    }

    private static Optional<RunResult> find(List<RunResult> among, String method) {
        return among.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .findFirst();
    }

    private static double allocated(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return Objects.requireNonNull(allocated, ALLOCATED).getScore();
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
