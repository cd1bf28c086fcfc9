package dev.signet.client.registration;

import dev.signet.core.ClientId;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says about a client that registered itself: who it is, its secrets, and what is registered (RFC 7591 §3.2.1, RFC 7592
 * §3). Immutable; a secret.
 */
public final class ClientInformation {

    private static final String CLIENT_ID = "client_id";
    private static final String SECRET = "client_secret";
    private static final String SECRET_END = "client_secret_expires_at";
    private static final String TOKEN = "registration_access_token";
    private static final String LOCATION = "registration_client_uri";

    /** What is said about the registration, and is no metadata of the client (RFC 7592 §2.2). */
    static final Set<String> NO_METADATA =
            Set.of(CLIENT_ID, SECRET, SECRET_END, TOKEN, LOCATION, "client_id_issued_at");

    private final JsonObject json;
    private final ClientId clientId;
    private final Optional<String> clientSecret;
    private final Optional<Instant> secretExpiresAt;
    private final Optional<String> registrationAccessToken;
    private final Optional<URI> registrationClientUri;

    private ClientInformation(JsonObject json) {
        this.json = json;
        this.clientId = new ClientId(json.requireString(CLIENT_ID));
        this.clientSecret = json.findString(SECRET);
        this.secretExpiresAt =
                json.findLong(SECRET_END).filter(seconds -> seconds > 0).map(Instant::ofEpochSecond);
        this.registrationAccessToken = json.findString(TOKEN);
        this.registrationClientUri = json.findString(LOCATION).map(URI::create);
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message does not quote it
     */
    public static ClientInformation parse(String text) {
        try {
            return read(JsonObject.parse(text));
        } catch (JsonException e) {
            throw new IllegalArgumentException("no client information");
        }
    }

    /** Reads an answer. */
    static ClientInformation read(JsonObject json) {
        try {
            return new ClientInformation(json);
        } catch (JsonException | OAuthException | IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("no client information");
        }
    }

    /**
     * What is known after the server said this: where it gives no other token, address or secret, those there were stay (RFC 7592 §3).
     *
     * @throws IllegalArgumentException if it is about another client
     */
    ClientInformation replacedBy(JsonObject answer) {
        JsonObject.Builder next = answer.toBuilder();
        for (String name : Set.of(TOKEN, LOCATION, SECRET)) {
            if (!answer.has(name)) {
                json.find(name).ifPresent(value -> next.put(name, value));
            }
        }
        if (!answer.has(SECRET) && !answer.has(SECRET_END)) {
            json.find(SECRET_END).ifPresent(value -> next.put(SECRET_END, value));
        }
        ClientInformation read = read(next.build());
        if (!read.clientId.equals(clientId)) {
            throw new IllegalArgumentException("the information is about another client");
        }
        return read;
    }

    /** The whole of it, as text to keep where only this client reads and writes; a secret. */
    public String toText() {
        return json.toJson();
    }

    /** The client. */
    public ClientId clientId() {
        return clientId;
    }

    /** Its secret, if it has one to authenticate with. */
    public Optional<String> clientSecret() {
        return clientSecret;
    }

    /** When the secret is good for nothing any more; empty if it does not end. */
    public Optional<Instant> clientSecretExpiresAt() {
        return secretExpiresAt;
    }

    /** What the registration is read, changed and deleted with, if the server lets that be done; a secret. */
    Optional<String> registrationAccessToken() {
        return registrationAccessToken;
    }

    /** Where the registration is. */
    Optional<URI> registrationClientUri() {
        return registrationClientUri;
    }

    /** What is registered (RFC 7591 §2), which may be less than or different from what was asked for. */
    public JsonObject metadata() {
        JsonObject.Builder metadata = json.toBuilder();
        NO_METADATA.forEach(metadata::remove);
        return metadata.build();
    }

    /** Two are the same if their text is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientInformation information && information.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The client only. */
    @Override
    public String toString() {
        return "ClientInformation of " + clientId;
    }
}
