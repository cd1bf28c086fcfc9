package dev.signet.app.pages;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files that pages are made of: those of a folder, where it has them, else ours. */
final class PageFiles {

    private PageFiles() {}

    /** A file of ours. */
    static InputStream open(String name) throws IOException {
        InputStream found = PageFiles.class.getResourceAsStream(name);
        if (found == null) {
            throw new FileNotFoundException(name);
        }
        return found;
    }

    static byte[] read(Optional<Path> folder, String name) {
        Optional<Path> own = folder.map(there -> there.resolve(name)).filter(Files::isRegularFile);
        try (InputStream in = own.isPresent() ? Files.newInputStream(own.get()) : open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + name + " of the pages can't be read", e);
        }
    }
}
