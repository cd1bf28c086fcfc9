package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The PostgreSQL of the tests is a real one, with the settings of production. */
class PostgresServerTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @RegisterExtension
    static final PostgresServer OTHER = new PostgresServer();

    @Test
    void gives_each_its_own_database_on_one_server() {
        assertThat(POSTGRES.url()).isNotEqualTo(OTHER.url());
        assertThat(POSTGRES.port()).isEqualTo(OTHER.port());
    }

    @Test
    void keeps_what_it_confirms() throws SQLException {
        TestDatabase database = TestDatabase.of(POSTGRES);
        assertThat(database.read("SHOW fsync")).containsExactly("on");
        assertThat(database.read("SHOW synchronous_commit")).containsExactly("on");
    }

    @Test
    void runs_as_nobody_where_namespaces_are_refused() throws IOException, SQLException {
        assumeTrue("root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/usr/sbin/runuser")));
        try (PostgresServerAsNobody server = PostgresServerAsNobody.start(Map.of("fsync", "on"));
                Connection connection = server.connect();
                ResultSet version = connection.createStatement().executeQuery("SHOW server_version")) {
            version.next();
            assertThat(version.getString(1)).startsWith("18");
        }
    }
}
