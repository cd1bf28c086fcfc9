package dev.signet.systemtests.architecture;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One room of the house, with the arrows that leave it.
 *
 * @param name its package under the root
 * @param mayUse the rooms its arrows reach
 * @param libraries packages of third parties it may use; every room may use the JDK and JSpecify
 * @param mayNotUse parts of the JDK that are another room's work
 */
record Room(String name, Set<String> mayUse, Set<String> libraries, Set<String> mayNotUse) {

    private static final Set<String> SOCKETS =
            Set.of("java.net.Socket", "java.net.ServerSocket", "java.net.URLConnection", "java.nio.channels.");
    private static final Set<String> NETWORK = Set.of(
            "java.net.http.",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.URLConnection",
            "java.nio.channels.");
    private static final Set<String> SQL = Set.of("java.sql.", "javax.sql.");
    private static final Set<String> FILES = Set.of("java.nio.file.", "java.io.File", "java.io.RandomAccessFile");
    private static final Set<String> CHANCE =
            Set.of("java.util.Random", "java.security.SecureRandom", "java.util.concurrent.ThreadLocalRandom");
    private static final Set<String> CLOCK = Set.of("java.time.Clock", "java.time.InstantSource");
    private static final Set<String> LOGGING = Set.of("java.util.logging.", "java.lang.System$Logger");

    /** The arrows of the house. What is not drawn here is forbidden. */
    static final List<Room> HOUSE = List.of(
            room("jwt", Set.of(), Set.of("com.nimbusds.jose."), NETWORK, SQL, FILES, LOGGING),
            room("core", Set.of("jwt"), Set.of(), NETWORK, SQL, FILES, CHANCE, CLOCK, LOGGING),
            room("outbound", Set.of("jwt", "core"), Set.of(), SQL, FILES, LOGGING),
            room("authorizationserver", Set.of("jwt", "core", "outbound"), Set.of(), NETWORK, SQL, FILES, LOGGING),
            room(
                    "resourceserver",
                    Set.of("jwt", "core", "outbound"),
                    Set.of("com.github.benmanes.caffeine."),
                    NETWORK,
                    SQL,
                    FILES,
                    LOGGING,
                    Set.of("dev.signet.jwt.JwtSigner", "dev.signet.jwt.key.SigningKey")),
            room(
                    "servlet",
                    Set.of("core", "authorizationserver", "resourceserver"),
                    Set.of("jakarta.servlet."),
                    NETWORK,
                    SQL,
                    FILES,
                    CHANCE,
                    CLOCK,
                    LOGGING),
            room("client", Set.of("jwt", "core", "outbound"), Set.of(), SOCKETS, SQL, LOGGING),
            room(
                    "storejdbc",
                    Set.of("jwt", "core", "outbound", "authorizationserver"),
                    Set.of("com.zaxxer.hikari.", "org.flywaydb.core.", "org.h2.", "org.postgresql."),
                    NETWORK,
                    LOGGING),
            room(
                    "testkit",
                    Set.of("jwt", "core", "outbound", "authorizationserver", "resourceserver", "client"),
                    Set.of("org.junit.jupiter.", "org.assertj.core."),
                    SQL,
                    LOGGING),
            room(
                    "app",
                    Set.of("jwt", "core", "outbound", "authorizationserver", "resourceserver", "client", "storejdbc"),
                    Set.of(
                            "org.eclipse.jetty.",
                            "picocli.",
                            "org.bouncycastle.crypto.",
                            "io.pebbletemplates.pebble.",
                            "org.snakeyaml.engine.",
                            "org.slf4j.",
                            "ch.qos.logback.",
                            "com.amazon.corretto.crypto."),
                    SQL,
                    Set.of("java.util.logging.")));

    @SafeVarargs
    private static Room room(String name, Set<String> mayUse, Set<String> libraries, Set<String>... mayNotUse) {
        Set<String> forbidden = new HashSet<>();
        for (Set<String> each : mayNotUse) {
            forbidden.addAll(each);
        }
        return new Room(name, mayUse, libraries, Set.copyOf(forbidden));
    }

    /** Whether a class of this room may use the named class; {@code root} is the package that holds the rooms. */
    boolean permits(String root, String className) {
        if (mayNotUse.stream().anyMatch(className::startsWith)) {
            return false;
        }
        if (className.startsWith(root + ".")) {
            return Stream.concat(Stream.of(name), mayUse.stream())
                    .anyMatch(room -> className.startsWith(root + "." + room + "."));
        }
        return Stream.concat(Stream.of("java.", "javax.", "org.jspecify."), libraries.stream())
                .anyMatch(className::startsWith);
    }
}
