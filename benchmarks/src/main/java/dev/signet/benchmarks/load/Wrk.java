package dev.signet.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The load generator.
 *
 * @param script what it sends
 * @param url where to
 */
record Wrk(Path script, String url) {

    static final int SECONDS = 10;
    static final int THREADS = 2;
    static final int CONNECTIONS = 32;

    /** More than a thread can send in a round; the script says so if it was not enough. */
    static final int MOST_REQUESTS_A_THREAD = 150_000;

    private static final String RESULT = "RESULT ";

    /** One round with these arguments of the script. */
    Round run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t", text(THREADS), "-c", text(CONNECTIONS)));
        command.addAll(List.of("-d", SECONDS + "s", "--latency", "-s", script.toString(), url, "--"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("wrk failed:\n" + output);
        }
        return output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> Round.parse(line.substring(RESULT.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk gave no result:\n" + output));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    /** What a round gave: requests a second, milliseconds, counts. */
    record Round(double perSecond, double p50, double p99, long requests, long failed) implements Comparable<Round> {

        private static Round parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Round(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]),
                    Double.parseDouble(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        }

        @Override
        public int compareTo(Round other) {
            return Comparator.comparingDouble(Round::perSecond).compare(this, other);
        }

        String cells() {
            return String.format(
                    Locale.ROOT, " | %.0f | %.2f | %.2f | %d | %d |", perSecond, p50, p99, requests, failed);
        }
    }
}
