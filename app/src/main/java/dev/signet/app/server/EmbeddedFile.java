package dev.signet.app.server;

import dev.signet.app.console.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the embedded store, seen to before the store opens it. */
record EmbeddedFile(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFile.class);

    /**
     * Makes the file for its owner only, unless it is there: the store itself would let others read it. The store takes an
     * empty file for a new one.
     *
     * @param before whether something tells of a store that was here
     */
    void prepare(boolean before) {
        try {
            if (before && !holdsSomething()) {
                LOG.atWarn()
                        .addKeyValue("event", "store-made-anew")
                        .addKeyValue("file", file)
                        .log("the key file of a store is there and the store is not: keys, clients and used assertions"
                                + " start anew");
            }
            if (!Files.exists(file)) {
                PrivateFile.createFolder(PrivateFile.folderOf(file));
                PrivateFile.create(file, "");
            }
        } catch (IOException e) {
            throw new StartException("the store cannot be made or read: " + file, e);
        }
        if (!Files.isWritable(file)) {
            throw new StartException("the store " + file + " is not writable");
        }
    }

    private boolean holdsSomething() throws IOException {
        return Files.exists(file) && Files.size(file) > 0;
    }
}
