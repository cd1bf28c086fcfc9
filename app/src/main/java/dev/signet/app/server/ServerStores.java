package dev.signet.app.server;

import dev.signet.app.config.StoreSettings;
import dev.signet.app.config.StoreSettings.Encryption;
import dev.signet.app.console.PrivateFile;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.EncryptionKeyException;
import dev.signet.storejdbc.JdbcStores;
import dev.signet.storejdbc.StoreInUseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the stores that the configuration names. */
public final class ServerStores {

    private static final Logger LOG = LoggerFactory.getLogger(ServerStores.class);

    private ServerStores() {}

    /**
     * Opens them.
     *
     * @throws StartException in one line for the operator, if that can't be done
     */
    public static JdbcStores open(StoreSettings settings, CryptoProvider provider, Clock clock, SecureRandom random) {
        try {
            JdbcStores.Builder builder = JdbcStores.builder(settings.url(), prepared(settings, random))
                    .cryptoProvider(provider)
                    .clock(clock)
                    .random(random)
                    .onSweepFailure(failure -> LOG.atWarn()
                            .addKeyValue("event", "expired-not-removed")
                            .setCause(failure)
                            .log("expired entries could not be removed; it is tried again"));
            settings.user().ifPresent(builder::user);
            settings.password().ifPresent(builder::password);
            return builder.open();
        } catch (StoreInUseException | EncryptionKeyException | StoreException e) {
            throw new StartException(oneLine(e), e);
        }
    }

    private static String oneLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Has files and key ready for the store to be opened. */
    private static EncryptionKey prepared(StoreSettings settings, SecureRandom random) {
        boolean before =
                settings.encryption() instanceof Encryption.Generated generated && Files.exists(generated.file());
        EncryptionKey key = encryptionKey(settings, random);
        settings.embeddedFile().map(EmbeddedFile::new).ifPresent(file -> file.prepare(before));
        return key;
    }

    private static EncryptionKey encryptionKey(StoreSettings settings, SecureRandom random) {
        Encryption encryption = settings.encryption();
        if (encryption instanceof Encryption.Given given) {
            return given.key();
        }
        Path file = ((Encryption.Generated) encryption).file();
        try {
            return kept(file, random);
        } catch (IOException e) {
            throw new StartException("the key file of the store cannot be read or made: " + file, e);
        }
    }

    private static EncryptionKey kept(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            Path database =
                    file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.key$", ".mv.db"));
            if (Files.exists(database)) {
                throw new StartException("the store " + database + " is there, but its key file is not: " + file);
            }
            PrivateFile.createFolder(PrivateFile.folderOf(file));
            PrivateFile.create(file, EncryptionKey.generate(random).toBase64Url() + "\n");
        }
        if (!PrivateFile.isPrivate(file)) {
            throw new StartException("the key file may be read by others than its owner: chmod 600 " + file);
        }
        try {
            return EncryptionKey.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new StartException("the key file does not hold what was written to it: " + file, e);
        }
    }
}
