package dev.signet.app.listener;

import java.util.Optional;

/**
 * Where to listen.
 *
 * @param host a name or an address of this machine
 * @param port 0 lets the operating system choose
 * @param tls https when present, else http
 */
public record ListenAddress(String host, int port, Optional<TlsMaterial> tls) {

    /** Host and port. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
