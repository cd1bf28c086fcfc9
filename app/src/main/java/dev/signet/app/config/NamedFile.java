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

    /** Where the named file is. What stands in its place by mistake may be a secret, so that no message repeats it. */
    Path locate(String name) {
        if (name.contains("-----BEGIN") || name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValue("expected the name of a file, not its content");
        }
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
                throw new RefusedValue("the file is too large for what is expected here");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new RefusedValue("there is no such file");
        } catch (IOException e) {
            throw new RefusedValue("the file cannot be read");
        }
    }
}
