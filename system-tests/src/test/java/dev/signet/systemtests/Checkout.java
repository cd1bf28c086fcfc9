package dev.signet.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree these tests run in. */
public final class Checkout {

    private Checkout() {}

    /** The folder that holds the reactor: the nearest one upwards with the Maven wrapper. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside a checkout: " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    /** The folders of compiled classes, of main code and of tests, of every room. */
    public static List<Path> compiledClasses() {
        return Stream.concat(rooms(), Stream.of(root().resolve("testkit/requirement")))
                .flatMap(room -> Stream.of(room.resolve("target/classes"), room.resolve("target/test-classes")))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> rooms() {
        try (Stream<Path> children = Files.list(root())) {
            return children.filter(child -> Files.exists(child.resolve("pom.xml"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
