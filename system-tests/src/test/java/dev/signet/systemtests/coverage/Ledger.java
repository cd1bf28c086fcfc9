package dev.signet.systemtests.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of the requirements ledger, by file, in their order.
 *
 * @param rows the rows of each file; the key is the file's name
 */
record Ledger(Map<String, List<Row>> rows) {

    private static final Pattern FILE = Pattern.compile("0\\d-.*\\.md");
    private static final Pattern ROW =
            Pattern.compile("\\| (~~)?([A-Za-z0-9]+-[A-Za-z0-9.-]+)(?:~~)? \\| [^|]* \\| ([^|]*) \\| ([^|]*) \\|.*");

    /**
     * One requirement.
     *
     * @param dropped struck through in the ledger: it keeps its identifier and needs no test
     */
    record Row(String id, String level, String role, boolean dropped) {}

    /** Reads every numbered file of the folder. */
    static Ledger read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, List<Row>> rows = new LinkedHashMap<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (FILE.matcher(name).matches()) {
                    rows.put(name, parse(Files.readAllLines(file)));
                }
            }
            return new Ledger(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> parse(List<String> lines) {
        return lines.stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row ->
                        new Row(row.group(2), row.group(3).strip(), row.group(4).strip(), row.group(1) != null))
                .toList();
    }

    /** Identifiers a test may name. */
    Set<String> ids() {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> !row.dropped())
                .map(Row::id)
                .collect(Collectors.toSet());
    }
}
