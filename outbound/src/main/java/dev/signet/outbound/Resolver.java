package dev.signet.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host name. Replace it to use other name servers; what it answers is checked all the same.
 * It is asked once for each call and may take its time: callers stop waiting at their deadline. Thread-safe.
 */
@FunctionalInterface
public interface Resolver {

    /**
     * The addresses, best first; at least one.
     *
     * @param host a name, or an address in its text form
     * @throws UnknownHostException if there is none
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
