package dev.signet.benchmarks.load;

import dev.signet.benchmarks.Conditions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the token endpoint of the program does in a second, on its embedded store and on a PostgreSQL on the same machine:
 * {@code wrk} sends requests and the server answers each with a new ES256 token. Arguments: the folder of the load script,
 * and the folder for the results.
 *
 * <p>Each kind of request is measured after a round that only warms up; of the rounds the median by requests counts.
 */
public final class TokenEndpoint {

    private static final int ROUNDS = 3;

    private final Path script;
    private final LoadParties parties = LoadParties.create();
    private final List<String> rows = new ArrayList<>();

    private TokenEndpoint(Path script) {
        this.script = script;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        TokenEndpoint endpoint = new TokenEndpoint(Path.of(arguments[0], "token-endpoint.lua"));
        endpoint.measure("H2 file", Stores.EMBEDDED);
        try (EmbeddedPostgres postgres = Stores.postgresql()) {
            endpoint.measure("PostgreSQL", Stores.at(postgres));
        }
        endpoint.write(Path.of(arguments[1]));
    }

    private void measure(String store, String yaml) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("signet-load");
        Path bodies = folder.resolve("bodies");
        List<String> secret = List.of(LoadParties.SECRET_CLIENT, parties.secret());
        try (LoadedServer server = LoadedServer.start(folder, yaml, parties.yaml())) {
            Wrk wrk = new Wrk(script, server.url("/token"));
            rows.add(row(store, "client_credentials | client_secret_basic", wrk, () -> arguments("-", secret)));
            rows.add(row(store, "client_credentials | private_key_jwt, ES256", wrk, () -> {
                parties.writeClientAssertions(server.issuer(), bodies);
                return arguments(bodies.toString(), List.of());
            }));
            rows.add(row(store, "jwt-bearer, ES256 | client_secret_basic", wrk, () -> {
                parties.writeGrantAssertions(server.issuer(), bodies);
                return arguments(bodies.toString(), secret);
            }));
        } finally {
            Stores.delete(folder);
        }
    }

    private static List<String> arguments(String files, List<String> secret) {
        return Stream.concat(Stream.of(files), secret.stream()).toList();
    }

    private static String row(String store, String request, Wrk wrk, Preparation preparation)
            throws IOException, InterruptedException {
        List<Wrk.Round> rounds = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            rounds.add(wrk.run(preparation.arguments()));
        }
        Wrk.Round median = rounds.stream().skip(1).sorted().toList().get(ROUNDS / 2);
        return "| " + store + " | " + request + median.cells() + "\n";
    }

    /** What has to be made anew for each round. */
    private interface Preparation {

        /** The arguments of the load script. */
        List<String> arguments() throws IOException;
    }

    private void write(Path results) throws IOException {
        String table = """
                | store | grant | client authentication | requests/s | p50 ms | p99 ms | requests | not answered with 200 |
                | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
                %s
                The median of %d rounds of %d s after one to warm up; %d connections from %d threads of wrk on the same
                machine, where PostgreSQL runs, too (`fsync` and `synchronous_commit` on). Each request gets a new ES256
                access token; each assertion was signed before the round, is new and is used once.
                """.formatted(String.join("", rows), ROUNDS, Wrk.SECONDS, Wrk.CONNECTIONS, Wrk.THREADS);
        Path file = results.resolve(LocalDate.now(Clock.systemUTC()) + "-token-endpoint.md");
        Files.createDirectories(results);
        Files.writeString(
                file, new Conditions("token-endpoint", "`signet serve` as it comes, default heap").heading() + table);
        System.out.println(table);
        System.out.println("written to " + file);
    }
}
