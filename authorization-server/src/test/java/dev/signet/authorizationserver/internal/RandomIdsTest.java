package dev.signet.authorizationserver.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {

    @Test
    @Requirement({"9068-2.2-08", "6749-10.10-01"})
    void gives_each_of_a_hundred_thousand_once_even_to_many_threads() {
        RandomIds ids = new RandomIds(new SecureRandom());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 100_000)
                .parallel()
                .forEach(index -> seen.add(ids.next().value()));
        assertThat(seen).hasSize(100_000).allSatisfy(id -> assertThat(id).hasSize(27));
    }
}
