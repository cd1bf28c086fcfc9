package dev.signet.benchmarks.load;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.benchmarks.Conditions;
import dev.signet.benchmarks.Crypto;
import dev.signet.benchmarks.load.FlowRound.Flow;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many times in a second somebody gets a client a token by the code flow, from the authorization request to the token, on the
 * embedded store of the program and on a PostgreSQL on the same machine. Argument: the folder for the results.
 *
 * <p>A script takes the part of the users and of the client. The kinds of request take turns, so that whatever else the machine does
 * meets them alike. Each is measured after a round that only warms up; of the rounds the median by flows counts.
 */
public final class CodeFlow {

    private static final int ROUNDS = 3;

    /** Few, since a processor checks a password at a time, and who waits for that for too long is told to come later. */
    private static final int SIGNING_IN = 2;

    private static final int SIGNED_IN = 16;

    /** More than can sign in during the rounds, each once. */
    private static final int USERS = 5_000;

    private final SecureRandom random = new SecureRandom();
    private final SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, Crypto.ACCP.toSignet(), random);
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
            Shop shop = new Shop(key, server.issuer());
            Supplier<Shopper> next =
                    () -> new Shopper(http, server, random, shop, "user" + users.getAndIncrement() % USERS);
            Flow stranger = () -> next.get().buy(RequestKind.PLAIN);
            measure(
                    store + " | signs in and approves | " + SIGNING_IN,
                    Map.of(RequestKind.PLAIN, Collections.nCopies(SIGNING_IN, stranger)));
            Map<RequestKind, List<Flow>> known = new EnumMap<>(RequestKind.class);
            for (int i = 0; i < SIGNED_IN; i++) {
                Shopper shopper = next.get();
                shopper.buy(RequestKind.PLAIN);
                for (RequestKind kind : RequestKind.values()) {
                    known.computeIfAbsent(kind, none -> new ArrayList<>()).add(() -> shopper.buy(kind));
                }
            }
            measure(store + " | is signed in and has approved before | " + SIGNED_IN, known);
        } finally {
            Stores.delete(folder);
        }
    }

    /** A row for each kind of request. */
    private void measure(String start, Map<RequestKind, List<Flow>> users) throws IOException, InterruptedException {
        Map<RequestKind, List<FlowRound>> rounds = new EnumMap<>(RequestKind.class);
        for (int i = 0; i <= ROUNDS; i++) {
            for (Map.Entry<RequestKind, List<Flow>> kind : users.entrySet()) {
                FlowRound round = FlowRound.run(kind.getValue());
                if (i > 0) {
                    rounds.computeIfAbsent(kind.getKey(), none -> new ArrayList<>())
                            .add(round);
                }
            }
        }
        double plain = median(rounds.getOrDefault(RequestKind.PLAIN, List.of())).perSecond();
        rounds.forEach((kind, measured) -> {
            FlowRound median = median(measured);
            rows.add("| " + start + " | " + kind + median.cells()
                    + String.format(Locale.ROOT, " %.2f |%n", median.perSecond() / plain));
        });
    }

    private static FlowRound median(List<FlowRound> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(FlowRound::perSecond))
                .toList()
                .get(ROUNDS / 2);
    }

    private String parties() {
        String hash = PasswordHash.of(Password.ofNew(Shopper.PASSWORD), random).toText();
        return """
                clients:
                  - %s
                users:
                %s
                """.formatted(
                        Shop.yaml(key),
                        IntStream.range(0, USERS)
                                .mapToObj(number -> "  - {sub: user%d, username: user%d, password_hash: \"%s\"}"
                                        .formatted(number, number, hash))
                                .collect(Collectors.joining("\n")));
    }

    private void write(Path results) throws IOException {
        String table = """
                | store | the user | at once | request | flows/s | p50 ms | p99 ms | flows | of plain |
                | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |
                %s
                The median of %d rounds of %d s after one to warm up; the users are played by a script on the same machine, where
                PostgreSQL runs, too (`fsync` and `synchronous_commit` on). A flow is the authorization request, the pages it takes, the
                code, and its exchange for a new ES256 access token and a refresh token by a client with PKCE that authenticates
                by `private_key_jwt`, ES256. PAR is one HTTP request more, which authenticates, too; with JAR what is pushed is a
                request object, signed by the client by ES256. Who signs in does so by a password that is kept by Argon2id (19 MiB,
                two passes).
                """.formatted(String.join("", rows), ROUNDS, FlowRound.SECONDS);
        Path file = results.resolve(LocalDate.now(Clock.systemUTC()) + "-code-flow.md");
        Files.createDirectories(results);
        Files.writeString(
                file, new Conditions("code-flow", "`signet serve` as it comes, default heap").heading() + table);
        System.out.println(table);
        System.out.println("written to " + file);
    }
}
