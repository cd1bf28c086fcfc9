package dev.signet.app.control;

import dev.signet.app.console.PrivateFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server that holds an embedded store takes commands: a socket in a folder beside the store that only its owner may
 * enter. Whoever may connect may read the store's file as well. A folder that somebody else made before, where others may make
 * any, is not used by either side.
 *
 * @param path of the socket
 */
public record ControlSocket(Path path) {

    private static final String STORE = ".mv.db";

    /** The one of that store. */
    public static ControlSocket of(Path store) {
        String name = String.valueOf(store.getFileName()).replaceFirst("\\.mv\\.db$", "");
        return new ControlSocket(store.resolveSibling(name + ".control").resolve("socket"));
    }

    /**
     * Listens; a socket that a killed server left behind is replaced. The caller holds the store, so there is no other server.
     *
     * @throws IOException if that can't be done, or the folder is open to others
     */
    ServerSocketChannel listen() throws IOException {
        Path folder = PrivateFile.folderOf(path);
        PrivateFile.createFolder(folder);
        if (!PrivateFile.isPrivate(folder)) {
            throw new IOException("the folder is open to others than its owner: chmod 700 " + folder);
        }
        if (!isOfStoresOwner(folder)) {
            throw new IOException("the folder belongs to somebody else than the store: remove " + folder);
        }
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return channel.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A connection to the server that listens here; empty if there is none. */
    Optional<SocketChannel> connect() {
        try {
            return Files.exists(path) && isOfStoresOwner(PrivateFile.folderOf(path))
                    ? Optional.of(SocketChannel.open(UnixDomainSocketAddress.of(path)))
                    : Optional.empty();
        } catch (IOException nobodyListens) {
            return Optional.empty();
        }
    }

    private static boolean isOfStoresOwner(Path folder) throws IOException {
        String name = String.valueOf(folder.getFileName()).replaceFirst("\\.control$", STORE);
        Path store = folder.resolveSibling(name);
        return Files.exists(store) && PrivateFile.isOfOwner(folder, store);
    }
}
