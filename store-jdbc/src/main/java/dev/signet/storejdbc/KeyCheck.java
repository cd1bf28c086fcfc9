package dev.signet.storejdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Recognizes a wrong encryption key before anything is written with it. */
final class KeyCheck {

    private static final String[] PLACE = {"signet_store", "1", "key_check"};
    private static final byte[] KNOWN = "signet".getBytes(StandardCharsets.US_ASCII);

    private KeyCheck() {}

    /**
     * Notes the key of a new store; compares it with that of an old one. Of nodes that open a new store with different keys
     * the first one decides.
     *
     * @throws EncryptionKeyException if it is another
     */
    static void require(Database database, Sealing sealing) {
        byte[] fresh = sealing.seal(KNOWN, PLACE);
        byte[] stored = database.once("be opened", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO signet_store (id, key_check) VALUES (1, ?) ON CONFLICT DO NOTHING")) {
                insert.setBytes(1, fresh);
                insert.executeUpdate();
            }
            return read(connection);
        });
        if (sealing.open(stored, PLACE).isEmpty()) {
            throw new EncryptionKeyException(
                    "the encryption key is not the one this store was made with; nothing in it was changed");
        }
    }

    private static byte[] read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT key_check FROM signet_store WHERE id = 1");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }

    /** Waits for others who have called this until their transactions end. */
    static void lock(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM signet_store WHERE id = 1 FOR UPDATE")) {
            select.executeQuery().close();
        }
    }
}
