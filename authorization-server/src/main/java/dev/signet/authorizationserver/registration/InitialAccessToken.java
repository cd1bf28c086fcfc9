package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What lets a client register itself, as often as it may be used (RFC 7591 §3). Of its text only the digest is known.
 *
 * @param name what it is called in lists and in the registrations that come of it
 * @param digest of its text
 * @param expiresAt from when on it is refused, in whole seconds
 * @param usesLeft how many clients can still register with it
 * @param metadata the members that its clients have whatever they ask for, in the words of {@link ClientMetadata#MEMBERS}; they are
 *     not held to the {@link RegistrationPolicy}, since whoever made the token runs the server
 */
public record InitialAccessToken(
        String name, TokenDigest digest, Instant expiresAt, int usesLeft, JsonObject metadata) {

    /** The most clients that can register with one. */
    public static final int MOST_USES = 1_000_000;

    /** The longest name. */
    public static final int LONGEST_NAME = 128;

    private static final Set<String> OF_THE_SERVER =
            Set.of("client_id", "client_secret", "client_id_issued_at", "enabled");

    /** @throws IllegalArgumentException naming every fault */
    public InitialAccessToken {
        List<String> faults = new ArrayList<>();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            faults.add("name must have 1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        if (usesLeft < 0 || usesLeft > MOST_USES) {
            faults.add("uses must be at most " + MOST_USES);
        }
        Set<String> strangers = new TreeSet<>(metadata.names());
        strangers.removeIf(member -> ClientMetadata.MEMBERS.contains(member) && !OF_THE_SERVER.contains(member));
        if (!strangers.isEmpty()) {
            faults.add("metadata can't fix " + String.join(", ", strangers));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("initial access token: " + String.join("; ", faults));
        }
        expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The text of a new one, of 256 random bits. */
    public static String generate(SecureRandom random) {
        return new RandomTexts(random).next();
    }

    /** Whether a client could register with it now. */
    public boolean isUsable(Instant now) {
        return usesLeft > 0 && now.isBefore(expiresAt);
    }

    /** The same after one use more. */
    public InitialAccessToken used() {
        return new InitialAccessToken(name, digest, expiresAt, usesLeft - 1, metadata);
    }

    /** Shows the name. */
    @Override
    public String toString() {
        return "InitialAccessToken " + name;
    }
}
