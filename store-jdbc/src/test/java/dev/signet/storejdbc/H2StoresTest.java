package dev.signet.storejdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The stores keep their contracts on an H2 file. */
class H2StoresTest extends StoreContracts {

    @TempDir
    static Path folder;

    @Override
    String url() {
        return "jdbc:h2:file:" + folder.resolve("store") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0"
                + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    @Override
    String user() {
        return "sa";
    }
}
