package dev.signet.benchmarks.introspection;

import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.benchmarks.Conditions;
import dev.signet.core.JwtId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.JdbcStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Issues a million tokens, looks whether each has a {@code jti} of its own, and asks about tokens before and after as many
 * have been revoked. Argument: the folder for the results.
 */
public final class Introspection {

    private static final int MANY = 1_000_000;
    private static final int ROUNDS = 21;
    private static final int WARM_UP = 5;
    private static final int QUESTIONS = 5_000;

    private Introspection() {}

    public static void main(String[] arguments) throws IOException {
        Path results = Path.of(arguments[0]);
        Path folder = Files.createTempDirectory("signet-introspection");
        try {
            String page =
                    new Conditions("introspection", "the engine in this process, one thread, H2 file store").heading()
                            + measured(folder);
            Files.createDirectories(results);
            Path file = results.resolve(LocalDate.now(Clock.systemUTC()) + "-introspection.md");
            Files.writeString(file, page);
            System.out.println(page);
            System.out.println("written to " + file);
        } finally {
            delete(folder);
        }
    }

    private static String measured(Path folder) {
        EncryptionKey key = EncryptionKey.generate(new SecureRandom());
        ServerKeyStore<SigningKey> keys = new InMemoryServerKeyStore<>();
        String withNone = "jdbc:h2:file:" + folder.resolve("none");
        String withMany = "jdbc:h2:file:" + folder.resolve("many");
        JdbcStores.builder(withMany, key).open().close();
        try (JdbcStores none = JdbcStores.builder(withNone, key).open()) {
            AskedServer server = new AskedServer(none, keys, 2 * MANY);
            say("issuing " + MANY + " tokens");
            Set<JwtId> issued = new HashSet<>(2 * MANY);
            while (issued.size() < MANY) {
                if (!issued.add(jwtId(server.token()))) {
                    throw new IllegalStateException("two tokens have one jti");
                }
            }
            List<String> good = Stream.generate(server::token).limit(QUESTIONS).toList();
            List<String> bad = Stream.generate(server::token).limit(QUESTIONS).toList();
            List<JwtId> revoked = Stream.concat(
                            issued.stream().skip(QUESTIONS), bad.stream().map(Introspection::jwtId))
                    .toList();
            say("revoking " + revoked.size());
            Revocations.put(withMany, revoked);
            try (JdbcStores many = JdbcStores.builder(withMany, key).open()) {
                say("asking");
                Questions first = new Questions("an active token", 0, server, good, true);
                AskedServer other = new AskedServer(many, keys, 2 * MANY);
                List<Questions> all = List.of(
                        first,
                        new Questions("an active token", revoked.size(), other, good, true),
                        new Questions("a revoked token", revoked.size(), other, bad, false));
                // In turns, so that what else the machine does slows down all of them.
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    for (Questions questions : all) {
                        questions.ask(round >= 0);
                    }
                }
                return page(all, first, issued.size());
            }
        }
    }

    private static String page(List<Questions> all, Questions first, int issued) {
        StringBuilder rows = new StringBuilder();
        all.forEach(questions -> rows.append(questions.row(first)));
        return """
                | asked about | revoked, all live | µs | against none |
                | --- | ---: | ---: | ---: |
                %s
                The median of %d rounds of %d questions, in turns, from request to answer: the resource server
                authenticates with `client_secret_basic`, the signature of the token is checked (ES256, ACCP). %d tokens
                of the token endpoint had as many distinct `jti`s.
                """.formatted(rows, ROUNDS, QUESTIONS, issued);
    }

    private static JwtId jwtId(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return new JwtId(JsonObject.parse(claims).requireString("jti"));
    }

    private static void say(String what) {
        System.err.println("benchmarks: " + what);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
