package dev.signet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    Path folder;

    @Test
    void files_and_folders_are_for_their_owner_only() throws Exception {
        Path inner = folder.resolve("a/b");
        PrivateFile.createFolder(inner);
        assertThat(PrivateFile.create(inner.resolve("key"), "content")).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner.resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(PrivateFile.isPrivate(inner.resolve("key"))).isTrue();
        Files.setPosixFilePermissions(inner.resolve("key"), PosixFilePermissions.fromString("rw----r--"));
        assertThat(PrivateFile.isPrivate(inner.resolve("key"))).isFalse();
        assertThat(PrivateFile.isPrivate(inner)).isTrue();
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx--x--x"));
        assertThat(PrivateFile.isPrivate(inner))
                .as("what others may enter, and find a socket in")
                .isFalse();
    }

    @Test
    void of_many_that_make_a_file_one_wins_and_nobody_sees_half_of_it() throws Exception {
        Path file = folder.resolve("key");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var tasks = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> PrivateFile.create(file, "content of " + i))
                    .toList();
            int won = 0;
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                won += task.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(Files.readString(file)).startsWith("content of ");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
