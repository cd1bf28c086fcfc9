package dev.signet.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.jwt.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStoresTest {

    @TempDir
    Path folder;

    private Path database() {
        return folder.resolve("signet.mv.db");
    }

    /** Starts and stops a server, and gives the events that were logged as warnings. */
    private List<String> warnings() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        JsonLog.start(log, LogLevel.WARN);
        try {
            new TestServer(folder).start().close();
        } finally {
            JsonLog.start(System.err, LogLevel.WARN);
        }
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonObject.parse(line).requireString("event"))
                .toList();
    }

    @Test
    void an_embedded_store_is_for_its_owner_only_in_a_folder_that_others_read() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(warnings()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
                .isEqualTo("rw-------");
        assertThat(warnings()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_store_that_is_gone_while_its_key_file_is_there_is_told() throws Exception {
        assertThat(warnings()).isEmpty();
        Files.delete(database());
        assertThat(warnings()).containsExactly("store-made-anew");
        Files.write(database(), new byte[0]);
        assertThat(warnings()).containsExactly("store-made-anew");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_store_that_cannot_be_written_to_is_told_as_such() throws Exception {
        assertThat(warnings()).isEmpty();
        Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("r--------"));
        assumeThat(Files.isWritable(database())).isFalse(); // whoever may do everything can't see it fail
        assertThatThrownBy(this::warnings)
                .isInstanceOf(StartException.class)
                .hasMessage("the store " + database() + " is not writable");
    }
}
