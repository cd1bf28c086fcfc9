package dev.signet.app.password;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is kept: Argon2id (RFC 9106), written as others write it, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. Those of
 * others are taken within bounds that no sign-in takes down the server by. Immutable.
 */
public final class PasswordHash {

    /** What can be done for each sign-in on a small machine: 30 ms or so (OWASP's first choice of settings). */
    private static final int MEMORY_KIB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private static final Pattern SYNTAX =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,5}),t=([1-9][0-9]?),p=([1-9][0-9]?)"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final int MOST_MEMORY_KIB = 131_072;
    private static final int MOST_PASSES = 10;
    private static final int MOST_LANES = 8;

    private final Argon2Parameters parameters;
    private final byte[] hash;

    private PasswordHash(Argon2Parameters parameters, byte[] hash) {
        this.parameters = parameters;
        this.hash = hash;
    }

    private static Argon2Parameters parameters(int memory, int passes, int lanes, byte[] salt) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
    }

    /** The hash of a password, with a salt of its own. */
    public static PasswordHash of(Password password, SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        Argon2Parameters parameters = parameters(MEMORY_KIB, PASSES, LANES, salt);
        return new PasswordHash(parameters, derived(parameters, password, HASH_LENGTH));
    }

    /** The hash of no password, which takes as long to find out as of any: for those who have none. */
    public static PasswordHash ofNone() {
        return new PasswordHash(parameters(MEMORY_KIB, PASSES, LANES, new byte[SALT_LENGTH]), new byte[HASH_LENGTH]);
    }

    /** The hash that is written so; empty if it is none, or one beyond the bounds. */
    public static Optional<PasswordHash> find(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memory = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        if (memory > MOST_MEMORY_KIB || memory < 8 * lanes || passes > MOST_PASSES || lanes > MOST_LANES) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] salt = base64.decode(parts.group(4));
            return Optional.of(
                    new PasswordHash(parameters(memory, passes, lanes, salt), base64.decode(parts.group(5))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether that is the password; takes the same time for each that is not. */
    boolean matches(Password password) {
        return MessageDigest.isEqual(hash, derived(parameters, password, hash.length));
    }

    private static byte[] derived(Argon2Parameters parameters, Password password, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] derived = new byte[length];
        generator.generateBytes(password.octets(), derived);
        return derived;
    }

    /** The text to keep. */
    public String toText() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + parameters.getMemory() + ",t=" + parameters.getIterations() + ",p="
                + parameters.getLanes() + "$" + base64.encodeToString(parameters.getSalt()) + "$"
                + base64.encodeToString(hash);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "PasswordHash";
    }
}
