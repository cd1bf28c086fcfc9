package dev.signet.client.registration;

import dev.signet.client.Failure;
import dev.signet.client.FailureException;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.core.http.Header;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A client that registered itself, for as long as it is registered (RFC 7592). The server may give another registration token, and
 * another secret, with each answer; the ones before are of no use then, and are forgotten. Thread-safe: it is asked one thing after
 * another, so that each time the right token is used.
 *
 * <pre>{@code
 * ClientRegistration registration = registrar.known(ClientInformation.parse(kept), information -> keep(information.toText()));
 * JsonObject renamed = registration.information().metadata().toBuilder().put("client_name", "Shop").build();
 * registration.update(renamed).require();
 * }</pre>
 */
public final class ClientRegistration {

    private final ReentrantLock lock = new ReentrantLock();
    private final RegistrationCalls calls;
    private final URI endpoint;
    private final Consumer<ClientInformation> keeper;
    private volatile ClientInformation information;
    private boolean isKept;

    ClientRegistration(
            RegistrationCalls calls,
            URI endpoint,
            ClientInformation information,
            Consumer<ClientInformation> keeper,
            boolean isKept) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.information = information;
        this.keeper = keeper;
        this.isKept = isKept;
    }

    /** What the server said last. */
    public ClientInformation information() {
        return information;
    }

    /** Asks what is registered now (RFC 7592 §2.1). */
    public Outcome<ClientInformation> read() {
        return changed(calls::read);
    }

    /**
     * Replaces what is registered (RFC 7592 §2.2): what the metadata leaves out is so no longer.
     *
     * @throws IllegalArgumentException if there is something in it that is no metadata, such as {@code client_secret}
     */
    public Outcome<ClientInformation> update(JsonObject metadata) {
        requireMetadata(metadata);
        JsonObject body = metadata.toBuilder()
                .put("client_id", information.clientId().value())
                .build();
        return changed((uri, credentials) -> calls.send("PUT", uri, credentials, body, 200));
    }

    /** Ends the registration, with all that came of it (RFC 7592 §2.3). */
    public Outcome<Deleted> delete() {
        lock.lock();
        try {
            calls.delete(location(), credentials());
            return new Outcome.Success<>(new Deleted());
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        } finally {
            lock.unlock();
        }
    }

    static void requireMetadata(JsonObject metadata) {
        metadata.names().stream()
                .filter(ClientInformation.NO_METADATA::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("metadata must not have " + name);
                });
    }

    @FunctionalInterface
    private interface Call {
        JsonObject answer(URI uri, List<Header> credentials) throws FailureException;
    }

    private Outcome<ClientInformation> changed(Call call) {
        lock.lock();
        try {
            requireKept();
            URI uri = location();
            JsonObject answer = call.answer(uri, credentials());
            ClientInformation next;
            try {
                next = information.replacedBy(answer);
            } catch (IllegalArgumentException e) {
                throw new FailureException(
                        new Failure.Unusable(Problem.MEMBERS, "the answer is none: " + e.getMessage(), uri));
            }
            isKept = isKept && next.equals(information);
            information = next;
            requireKept();
            return new Outcome.Success<>(next);
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        } finally {
            lock.unlock();
        }
    }

    /** Has the information kept, if it is not yet. */
    void requireKept() throws FailureException {
        lock.lock();
        try {
            if (!isKept) {
                keeper.accept(information);
                isKept = true;
            }
        } catch (RuntimeException e) {
            throw new FailureException(new Failure.NotKept(e, endpoint));
        } finally {
            lock.unlock();
        }
    }

    private URI location() throws FailureException {
        return information.registrationClientUri().orElseThrow(this::unmanaged);
    }

    private List<Header> credentials() throws FailureException {
        return RegistrationCalls.bearer(information.registrationAccessToken().orElseThrow(this::unmanaged));
    }

    private FailureException unmanaged() {
        return new FailureException(new Failure.Unusable(
                Problem.NO_ENDPOINT, "the server gave no address and token to manage the registration with", endpoint));
    }

    /** The client only. */
    @Override
    public String toString() {
        return "ClientRegistration of " + information.clientId();
    }
}
