package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * How a client registered itself, and what it proves by that its registration is its own (RFC 7591 §3, RFC 7592 §1.3). Immutable.
 *
 * @param initialAccessToken the name of the initial access token; empty if registration was open to everybody, and nobody knows who
 *     this is
 * @param accessToken what is kept of the registration access token
 * @param fixed the members of the initial access token, which are not its own to change
 * @param softwareStatement the software statement that it came with, whose members are not either (RFC 7591 §2.3)
 */
public record SelfRegistration(
        Optional<String> initialAccessToken,
        HashedSecret accessToken,
        JsonObject fixed,
        Optional<SoftwareStatement> softwareStatement) {

    private static final String INITIAL_ACCESS_TOKEN = "initial_access_token";
    private static final String ACCESS_TOKEN = "registration_access_token";
    private static final String FIXED = "fixed";
    private static final String SOFTWARE_STATEMENT = "software_statement";
    private static final String TEXT = "text";
    private static final String MEMBERS = "members";

    /**
     * A software statement that was verified.
     *
     * @param text the JWT
     * @param members what it says of the client
     */
    public record SoftwareStatement(String text, JsonObject members) {
        /** Shows nothing. */
        @Override
        public String toString() {
            return "SoftwareStatement";
        }
    }

    /** All are needed. */
    public SelfRegistration {
        Objects.requireNonNull(initialAccessToken, "initialAccessToken");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(softwareStatement, "softwareStatement");
    }

    /** Whether somebody who runs the server let it register: only then people need not be warned of it. */
    public boolean isVerified() {
        return initialAccessToken.isPresent();
    }

    /** The same with another registration access token. */
    public SelfRegistration withAccessToken(HashedSecret next) {
        return new SelfRegistration(initialAccessToken, next, fixed, softwareStatement);
    }

    static SelfRegistration fromJson(JsonObject json) {
        return new SelfRegistration(
                json.findString(INITIAL_ACCESS_TOKEN),
                HashedSecret.read(json.requireObject(ACCESS_TOKEN)),
                json.findObject(FIXED).orElse(JsonObject.empty()),
                json.findObject(SOFTWARE_STATEMENT)
                        .map(kept -> new SoftwareStatement(kept.requireString(TEXT), kept.requireObject(MEMBERS))));
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder();
        initialAccessToken.ifPresent(name -> json.put(INITIAL_ACCESS_TOKEN, name));
        json.put(ACCESS_TOKEN, accessToken.toJson());
        if (fixed.size() > 0) {
            json.put(FIXED, fixed);
        }
        softwareStatement.ifPresent(statement -> json.put(
                SOFTWARE_STATEMENT,
                JsonObject.builder()
                        .put(TEXT, statement.text())
                        .put(MEMBERS, statement.members())
                        .build()));
        return json.build();
    }

    /** Shows by whom it was let in. */
    @Override
    public String toString() {
        return "SelfRegistration "
                + initialAccessToken.map(name -> "by " + name).orElse("by anybody");
    }
}
