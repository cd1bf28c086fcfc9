package dev.signet.authorizationserver.internal;

import dev.signet.core.JwtId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Identifiers of 160 random bits (RFC 6749 §10.10), drawn from blocks so that threads do not queue for the random generator.
 * What is drawn is published in tokens anyway; no key or secret comes from here. Thread-safe.
 */
public final class RandomIds {

    private static final int LENGTH = 20;
    private static final int BLOCK_LENGTH = LENGTH * 256;

    private final SecureRandom random;
    private volatile Block current;

    /** Draws from that generator. */
    public RandomIds(SecureRandom random) {
        this.random = random;
        this.current = new Block(random);
    }

    /** An identifier that was not drawn before. */
    public JwtId next() {
        while (true) {
            Block block = current;
            int start = block.position.getAndAdd(LENGTH);
            if (start <= BLOCK_LENGTH - LENGTH) {
                return JwtId.of(Arrays.copyOfRange(block.octets, start, start + LENGTH));
            }
            // Two threads may both come here: then one new block is dropped unused, which harms nobody.
            current = new Block(random);
        }
    }

    private static final class Block {
        private final byte[] octets = new byte[BLOCK_LENGTH];
        private final AtomicInteger position = new AtomicInteger();

        Block(SecureRandom random) {
            random.nextBytes(octets);
        }
    }
}
