package dev.signet.app.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that only their owner may read, where the file system knows owners. */
public final class PrivateFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final String OWNER = "unix:uid";
    private static final Integer ADMINISTRATOR = 0;

    private PrivateFile() {}

    /** Makes a folder, unless it is there. */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
    }

    /**
     * Makes a file with all its content at once; of several processes that try, one does.
     *
     * @return false if the file is there already
     */
    public static boolean create(Path file, String content) throws IOException {
        Path draft = Files.createTempFile(
                folderOf(file), String.valueOf(file.getFileName()), ".new", permissions("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** The folder that a file is in. */
    public static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Whether nobody but its owner may read it, or enter it if it is a folder. */
    public static boolean isPrivate(Path file) throws IOException {
        if (!POSIX) {
            return true;
        }
        Set<PosixFilePermission> others = EnumSet.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE,
                PosixFilePermission.OTHERS_EXECUTE);
        others.retainAll(Files.getPosixFilePermissions(file));
        return others.isEmpty();
    }

    /** Whether it belongs to the owner of another file, or to the administrator: nobody else put it there. */
    public static boolean isOfOwner(Path file, Path other) throws IOException {
        if (!POSIX) {
            return true;
        }
        Object owner = Files.getAttribute(file, OWNER);
        return owner.equals(ADMINISTRATOR) || owner.equals(Files.getAttribute(other, OWNER));
    }

    private static FileAttribute<?>[] permissions(String text) {
        if (!POSIX) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }
}
