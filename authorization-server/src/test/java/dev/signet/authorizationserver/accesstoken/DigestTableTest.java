package dev.signet.authorizationserver.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.RevokedToken;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DigestTableTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private static RevokedToken token(long high, long low) {
        return new RevokedToken(new JwtIdDigest(high, low), LATER);
    }

    @Test
    void holds_what_was_added_and_nothing_else() {
        Random random = new Random(7);
        DigestTable table = new DigestTable(10_000);
        Set<JwtIdDigest> added = new HashSet<>();
        while (!table.isFull()) {
            // Few different values, so that many meet in one slot.
            RevokedToken token = token(random.nextInt(200), (long) random.nextInt(200) << 32 | random.nextInt(3));
            table.add(token);
            if (token.digest().high() != 0) {
                added.add(token.digest());
            }
        }
        assertThat(table.size()).isEqualTo(10_000);
        for (int number = 0; number < 50_000; number++) {
            JwtIdDigest digest =
                    new JwtIdDigest(2 + random.nextInt(300), (long) random.nextInt(300) << 32 | random.nextInt(3));
            assertThat(table.contains(digest)).isEqualTo(added.contains(digest));
        }
    }

    @Test
    void takes_digests_at_every_edge() {
        DigestTable table = new DigestTable(8);
        long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFF_FFFF_0000_0000L};
        for (long edge : edges) {
            assertThat(table.contains(new JwtIdDigest(edge ^ 5, edge))).isFalse();
            table.add(token(edge ^ 5, edge));
            assertThat(table.contains(new JwtIdDigest(edge ^ 5, edge))).isTrue();
        }
        table.add(token(0, 0));
        assertThat(table.contains(new JwtIdDigest(0, 0))).isTrue();
        assertThat(table.size()).isEqualTo(7);
    }

    @Test
    void does_not_count_one_twice() {
        DigestTable table = new DigestTable(2);
        table.add(token(5, 5));
        table.add(token(5, 5));
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.isFull()).isFalse();
    }

    @Test
    void leaves_what_has_expired_behind_when_it_is_copied() {
        DigestTable table = new DigestTable(10);
        table.add(new RevokedToken(new JwtIdDigest(2, 2), NOW));
        table.add(new RevokedToken(new JwtIdDigest(3, 3), NOW.plusMillis(1)));
        table.add(new RevokedToken(new JwtIdDigest(4, 4), Instant.parse("9999-01-01T00:00:00Z")));
        assertThat(table.countLive(NOW)).isEqualTo(2);
        DigestTable next = new DigestTable(10);
        next.addLive(table, NOW);
        assertThat(next.contains(new JwtIdDigest(2, 2))).isFalse();
        assertThat(next.contains(new JwtIdDigest(3, 3))).isTrue();
        assertThat(next.contains(new JwtIdDigest(4, 4))).isTrue();
    }

    @Test
    void is_read_by_others_while_it_is_filled() {
        int count = 200_000;
        DigestTable table = new DigestTable(count);
        AtomicInteger added = new AtomicInteger();
        CompletableFuture<Integer> missing = CompletableFuture.supplyAsync(() -> {
            int found = 0;
            while (added.get() < count) {
                int last = added.get();
                if (last > 0 && !table.contains(digest(last))) {
                    found++;
                }
            }
            return found;
        });
        for (int number = 1; number <= count; number++) {
            table.add(new RevokedToken(digest(number), LATER));
            added.set(number);
        }
        assertThat(missing.join()).isZero();
    }

    private static JwtIdDigest digest(long number) {
        return new JwtIdDigest(number * 0x9E37_79B9_7F4A_7C15L, number * 0xC2B2_AE3D_27D4_EB4FL);
    }

    @Test
    void allocates_nothing_to_look() {
        DigestTable table = new DigestTable(1_000);
        JwtIdDigest there = digest(1);
        JwtIdDigest elsewhere = digest(2);
        table.add(new RevokedToken(there, LATER));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = 0;
        for (int number = 0; number < 100_000; number++) {
            found += table.contains(there) ? 1 : 0;
            found += table.contains(elsewhere) ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isEqualTo(100_000);
        assertThat(allocated).as("octets in 200 000 look-ups").isLessThan(10_000);
    }
}
