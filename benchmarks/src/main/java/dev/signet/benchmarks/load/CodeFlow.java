package dev.signet.benchmarks.load;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.benchmarks.Conditions;
import dev.signet.benchmarks.load.FlowRound.Flow;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many times in a second somebody gets a client a token by the code flow, from the authorization request to the token, on the
 * embedded store of the program and on a PostgreSQL on the same machine. Argument: the folder for the results.
 *
 * <p>A script takes the part of the users and of the client. Each kind is measured after a round that only warms up; of the rounds
 * the median by flows counts.
 */
public final class CodeFlow {

    private static final int ROUNDS = 3;

    /** Few, since a processor checks a password at a time, and who waits for that for too long is told to come later. */
    private static final int SIGNING_IN = 4;

    private static final int SIGNED_IN = 16;

    /** More than can sign in during the rounds, each once. */
    private static final int USERS = 5_000;

    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> rows = new ArrayList<>();

    private CodeFlow() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        CodeFlow flows = new CodeFlow();
        flows.measure("H2 file", Stores.EMBEDDED);
        try (EmbeddedPostgres postgres = Stores.postgresql()) {
            flows.measure("PostgreSQL", Stores.at(postgres));
        }
        flows.write(Path.of(arguments[0]));
    }

    private void measure(String store, String yaml) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("signet-load");
        try (LoadedServer server = LoadedServer.start(folder, yaml, parties())) {
            AtomicInteger users = new AtomicInteger();
            Supplier<Shopper> next = () -> new Shopper(http, server, random, "user" + users.getAndIncrement() % USERS);
            rows.add(row(
                    store,
                    "signs in and approves",
                    SIGNING_IN,
                    () -> () -> next.get().buy()));
            rows.add(row(store, "is signed in and has approved before", SIGNED_IN, () -> {
                Shopper shopper = next.get();
                shopper.buy();
                return shopper::buy;
            }));
        } finally {
            Stores.delete(folder);
        }
    }

    private String parties() {
        String hash = PasswordHash.of(Password.ofNew(Shopper.PASSWORD), random).toText();
        return """
                clients:
                  - {client_id: %s, token_endpoint_auth_method: none, grant_types: [authorization_code, refresh_token], redirect_uris: ["%s"], scope: orders.read}
                users:
                %s
                """.formatted(
                        Shopper.CLIENT,
                        Shopper.REDIRECT_URI,
                        IntStream.range(0, USERS)
                                .mapToObj(number -> "  - {sub: user%d, username: user%d, password_hash: \"%s\"}"
                                        .formatted(number, number, hash))
                                .collect(Collectors.joining("\n")));
    }

    private static String row(String store, String user, int atOnce, Preparation users)
            throws IOException, InterruptedException {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            flows.add(users.next());
        }
        List<FlowRound> rounds = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            rounds.add(FlowRound.run(flows));
        }
        FlowRound median = rounds.stream()
                .skip(1)
                .sorted(Comparator.comparingDouble(FlowRound::perSecond))
                .toList()
                .get(ROUNDS / 2);
        return "| " + store + " | " + user + " | " + atOnce + median.cells() + "\n";
    }

    /** Makes the users of a kind. */
    @FunctionalInterface
    private interface Preparation {

        /** What the next of them does again and again. */
        Flow next() throws IOException, InterruptedException;
    }

    private void write(Path results) throws IOException {
        String table = """
                | store | the user | at once | flows/s | p50 ms | p99 ms | flows |
                | --- | --- | ---: | ---: | ---: | ---: | ---: |
                %s
                The median of %d rounds of %d s after one to warm up; the users are played by a script on the same machine, where
                PostgreSQL runs, too (`fsync` and `synchronous_commit` on). A flow is the authorization request, the pages it takes, the
                code, and its exchange for a new ES256 access token and a refresh token by a public client with PKCE. Who signs in does
                so by a password that is kept by Argon2id (19 MiB, two passes).
                """.formatted(String.join("", rows), ROUNDS, FlowRound.SECONDS);
        Path file = results.resolve(LocalDate.now(Clock.systemUTC()) + "-code-flow.md");
        Files.createDirectories(results);
        Files.writeString(
                file, new Conditions("code-flow", "`signet serve` as it comes, default heap").heading() + table);
        System.out.println(table);
        System.out.println("written to " + file);
    }
}
