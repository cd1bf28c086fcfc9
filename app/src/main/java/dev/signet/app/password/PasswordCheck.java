package dev.signet.app.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Compares passwords, a few at a time: each takes memory and a processor, and many may ask at once. Thread-safe.
 */
public final class PasswordCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final PasswordHash NOBODYS = PasswordHash.ofNone();

    /** Of those who wait for a place: each holds a thread that other requests need. */
    private static final int QUEUE = 32;

    private final Semaphore places;
    private final Semaphore comers;

    /** @param atOnce how many are compared at once; as many as there are processors is enough */
    public PasswordCheck(int atOnce) {
        this.places = new Semaphore(atOnce, true);
        this.comers = new Semaphore(atOnce + QUEUE);
    }

    /**
     * Whether somebody has that password. The work is the same whether there is such a person, whether the person has a password,
     * and whether what was typed can be one.
     *
     * @param kept what is known of the password, if anything
     * @return empty if there was no place in time
     */
    public Optional<Boolean> matches(Optional<String> kept, String typed) {
        Optional<PasswordHash> hash = kept.flatMap(PasswordHash::find);
        Optional<Password> password = Password.find(typed);
        if (!comers.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return compare(hash, password);
        } finally {
            comers.release();
        }
    }

    private Optional<Boolean> compare(Optional<PasswordHash> hash, Optional<Password> password) {
        if (!hasPlace()) {
            return Optional.empty();
        }
        try {
            boolean matches = hash.orElse(NOBODYS).matches(password.orElse(Password.NONE));
            return Optional.of(matches && hash.isPresent() && password.isPresent());
        } finally {
            places.release();
        }
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
