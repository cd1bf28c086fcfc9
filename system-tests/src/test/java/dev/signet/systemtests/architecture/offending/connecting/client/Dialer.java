package dev.signet.systemtests.architecture.offending.connecting.client;

import java.net.http.HttpClient;

/** Goes round the guarded fetcher. */
public final class Dialer {
    public HttpClient dial() {
        return HttpClient.newHttpClient();
    }
}
