package dev.signet.benchmarks.load;

import dev.signet.benchmarks.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the token endpoint of the program does in a second, on its embedded store: {@code wrk} sends requests of the
 * client credentials grant and the server answers each with a new ES256 token. Arguments: the folder of the load
 * script, and the folder for the results.
 *
 * <p>Each way to authenticate is measured after a round that only warms up; of the rounds the median by requests counts.
 */
public final class TokenEndpoint {

    private static final int ROUNDS = 3;

    private TokenEndpoint() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path script = Path.of(arguments[0], "token-endpoint.lua");
        Path results = Path.of(arguments[1]);
        Path folder = Files.createTempDirectory("signet-load");
        LoadClients clients = LoadClients.create();
        List<String> rows = new ArrayList<>();
        try (LoadedServer server = LoadedServer.start(folder, clients.yaml())) {
            Wrk wrk = new Wrk(script, server.url("/token"));
            rows.add(row("client_secret_basic", secretRounds(wrk, clients)));
            rows.add(row("private_key_jwt, ES256", keyRounds(wrk, clients, server.issuer(), folder)));
        } finally {
            delete(folder);
        }
        String table = """
                | client authentication | requests/s | p50 ms | p99 ms | requests | not answered with 200 |
                | --- | ---: | ---: | ---: | ---: | ---: |
                %s
                The median of %d rounds of %d s after one to warm up; %d connections from %d threads of wrk on the same
                machine. Each request gets a new ES256 access token; each client assertion is new and used once.
                """.formatted(String.join("", rows), ROUNDS, Wrk.SECONDS, Wrk.CONNECTIONS, Wrk.THREADS);
        Path file = results.resolve(LocalDate.now(Clock.systemUTC()) + "-token-endpoint.md");
        Files.createDirectories(results);
        Files.writeString(
                file,
                new Conditions("token-endpoint", "`signet serve` as it comes, H2 file store, default heap").heading()
                        + table);
        System.out.println(table);
        System.out.println("written to " + file);
    }

    private static List<Wrk.Round> secretRounds(Wrk wrk, LoadClients clients) throws IOException, InterruptedException {
        List<Wrk.Round> rounds = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            rounds.add(wrk.run("secret", LoadClients.SECRET_CLIENT, clients.secret()));
        }
        return rounds;
    }

    private static List<Wrk.Round> keyRounds(Wrk wrk, LoadClients clients, String issuer, Path folder)
            throws IOException, InterruptedException {
        List<Wrk.Round> rounds = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            Path bodies = folder.resolve("bodies");
            clients.writeBodies(issuer, bodies, Wrk.THREADS, Wrk.MOST_REQUESTS_A_THREAD);
            rounds.add(wrk.run("bodies", bodies.toString()));
        }
        return rounds;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String row(String name, List<Wrk.Round> rounds) {
        Wrk.Round median = rounds.stream().skip(1).sorted().toList().get(ROUNDS / 2);
        return "| " + name + median.cells() + "\n";
    }
}
