package dev.signet.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that the configuration names; relative names start at the folder of the configuration file. */
final class NamedFile {

    private static final int MAXIMUM_BYTES = 1024 * 1024;

    private final Path folder;

    NamedFile(Path folder) {
        this.folder = folder;
    }

    /** Where the named file is. */
    Path locate(String name) {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new RefusedValue("expected the name of a file");
        }
    }

    /** What the named file holds. */
    String read(String name) {
        Path file = locate(name);
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new RefusedValue("the file " + name + " is too large for what is expected here");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new RefusedValue("there is no file " + name);
        } catch (IOException e) {
            throw new RefusedValue("the file " + name + " cannot be read");
        }
    }
}
