package dev.signet.app.login;

import dev.signet.app.listener.HttpListener;
import dev.signet.app.listener.ListenAddress;
import dev.signet.app.listener.ListenException;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.AuthorizationResponse.Code;
import dev.signet.client.authorization.AuthorizationResponse.OtherState;
import dev.signet.client.authorization.PendingAuthorization;
import dev.signet.client.authorization.PendingAuthorizations;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The redirection endpoint of a program on this machine: a port of the loopback address for the time of one sign-in (RFC 8252 §7.3).
 * A browser that brings the response is sent on to a page whose address holds nothing of it (RFC 6749 §3.1.2.5). What belongs to no
 * request that is pending is answered and ignored.
 */
public final class LoopbackCallback implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String PATH = "/callback";

    /** How long a browser may take to ask for the page it was sent on to. */
    private static final Duration FOR_THE_PAGE = Duration.ofSeconds(2);

    private final PendingAuthorizations pending = PendingAuthorizations.inMemory();
    private final CompletableFuture<AuthorizationResponse> response = new CompletableFuture<>();
    private final CountDownLatch shown = new CountDownLatch(1);
    private final HttpListener listener;
    private final RedirectUri redirectUri;

    /**
     * Listens.
     *
     * @param port 0 lets the operating system choose
     * @throws ListenException if the port can't be had
     */
    public LoopbackCallback(int port) {
        listener = HttpListener.start(new ListenAddress(HOST, port, Optional.empty()), this::handle);
        redirectUri = new RedirectUri("http://" + HOST + ":" + listener.port() + PATH);
    }

    /** Where responses are expected. */
    public RedirectUri redirectUri() {
        return redirectUri;
    }

    /** Says what is expected. */
    public void expect(PendingAuthorization begun) {
        pending.put(begun);
    }

    /** The response, for which the calling thread waits; empty if none comes within that time. */
    public Optional<AuthorizationResponse> await(Duration longest) throws InterruptedException {
        try {
            return Optional.of(response.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException nobodyCame) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a response is given, not thrown", e);
        }
    }

    private ProtocolResponse handle(ProtocolRequest request) {
        if (!request.method().equals("GET")) {
            return ProtocolResponse.builder(405).header("Allow", "GET").build();
        }
        if (request.path().equals(PATH)) {
            return ProtocolResponse.builder(303)
                    .header("Location", receive(request.query().orElse("")).path())
                    .header("Referrer-Policy", "no-referrer")
                    .noStore()
                    .build();
        }
        Optional<LoginPage> page = LoginPage.at(request.path());
        if (page.isEmpty()) {
            return ProtocolResponse.builder(404).build();
        }
        if (page.get() != LoginPage.UNEXPECTED) {
            shown.countDown();
        }
        return page.get().toHttp();
    }

    private LoginPage receive(String query) {
        AuthorizationResponse received = pending.complete(redirectUri, query);
        if (received instanceof OtherState) {
            return LoginPage.UNEXPECTED;
        }
        response.complete(received);
        return received instanceof Code ? LoginPage.RECEIVED : LoginPage.NOTHING_GRANTED;
    }

    /** Ends it, once the browser has the last page. */
    @Override
    public void close() {
        try {
            if (response.isDone() && !shown.await(FOR_THE_PAGE.toMillis(), TimeUnit.MILLISECONDS)) {
                // A browser that does not want the page is none of our business.
                shown.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.close();
        }
    }
}
