package dev.signet.systemtests.coverage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The generated page that says which row of the ledger is shown by which test. */
final class CoverageTable {

    private static final int NAMED_TESTS = 4;

    private final Ledger ledger;
    private final Claims claims;

    CoverageTable(Ledger ledger, Claims claims) {
        this.ledger = ledger;
        this.claims = claims;
    }

    String toMarkdown() {
        StringBuilder page = new StringBuilder("""
                # Requirements and the tests that show them

                Made by `./verify pages` from the ledger beside it and the `@Requirement` annotations of the tests. Not edited by hand.

                | file | rows | shown | not yet |
                |---|---|---|---|
                """);
        ledger.rows().forEach((file, rows) -> page.append(counts("[" + file + "](" + file + ")", rows)));
        page.append(counts(
                "all", ledger.rows().values().stream().flatMap(List::stream).toList()));
        ledger.rows().forEach((file, rows) -> {
            page.append("\n## ").append(file).append("\n\n| row | level | role | tests |\n|---|---|---|---|\n");
            rows.forEach(row -> page.append(line(row)));
        });
        return page.toString();
    }

    private String counts(String name, List<Ledger.Row> rows) {
        List<Ledger.Row> living = rows.stream().filter(row -> !row.dropped()).toList();
        long shown = living.stream().filter(row -> !tests(row).isEmpty()).count();
        return "| %s | %d | %d | %d |\n".formatted(name, living.size(), shown, living.size() - shown);
    }

    private String line(Ledger.Row row) {
        return "| %s | %s | %s | %s |\n"
                .formatted(row.id(), row.level(), row.role(), row.dropped() ? "dropped" : named(tests(row)));
    }

    private static String named(Set<String> tests) {
        if (tests.isEmpty()) {
            return "not yet";
        }
        String names =
                tests.stream().limit(NAMED_TESTS).map(test -> "`" + test + "`").collect(Collectors.joining(", "));
        return tests.size() <= NAMED_TESTS ? names : names + " and " + (tests.size() - NAMED_TESTS) + " more";
    }

    private Set<String> tests(Ledger.Row row) {
        return claims.testsById().getOrDefault(row.id(), Set.of());
    }
}
