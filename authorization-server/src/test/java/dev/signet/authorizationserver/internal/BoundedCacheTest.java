package dev.signet.authorizationserver.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    @Test
    void makes_a_value_once() {
        BoundedCache<String, Object> cache = new BoundedCache<>(8);
        Object first = cache.get("a", key -> new Object());
        assertThat(cache.get("a", key -> new Object())).isSameAs(first);
        assertThat(cache.find("a")).hasValue(first);
        assertThat(cache.find("b")).isEmpty();
    }

    @Test
    void stays_within_its_bounds_and_drops_what_was_not_used() {
        BoundedCache<Integer, Integer> cache = new BoundedCache<>(100);
        for (int key = 0; key < 10_000; key++) {
            cache.get(key, made -> made);
            assertThat(cache.find(0)).isPresent();
            assertThat(cache.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void refuses_to_be_too_small() {
        assertThatThrownBy(() -> new BoundedCache<>(7)).isInstanceOf(IllegalArgumentException.class);
    }
}
