package dev.signet.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.systemtests.architecture.offending.Leaking;
import dev.signet.systemtests.architecture.offending.Named;
import dev.signet.systemtests.architecture.offending.Searching;
import dev.signet.systemtests.architecture.offending.Stateful;
import dev.signet.systemtests.architecture.offending.Talking;
import dev.signet.systemtests.architecture.offending.Timekeeping;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each rule sees the code that breaks it, and no other. */
@Tag("sources")
class ArchitectureRulesTest {

    private static final String OFFENDING = "dev.signet.systemtests.architecture.offending";

    @Nested
    class Arrows {
        @Test
        void a_room_that_leaves_its_arrows_is_seen() {
            List<String> faults =
                    faults(ArrowRules.follows_its_arrows(OFFENDING + ".arrows", room("jwt")), OFFENDING + ".arrows");
            assertThat(faults).anyMatch(fault -> fault.contains("arrows.core.Scope"));
            assertThat(faults).anyMatch(fault -> fault.contains("org.slf4j.Logger"));
            assertThat(faults).anyMatch(fault -> fault.contains("java.nio.file.Path"));
            assertThat(faults).noneMatch(fault -> fault.contains("java.lang"));
        }

        @Test
        void a_room_that_follows_them_is_not() {
            assertThat(faults(
                            ArrowRules.follows_its_arrows(OFFENDING + ".arrows", room("core")), OFFENDING + ".arrows"))
                    .isEmpty();
        }

        @Test
        void a_cycle_is_seen() {
            assertThat(faults(ArrowRules.packages_have_no_cycles(OFFENDING + ".cycle"), OFFENDING + ".cycle"))
                    .isNotEmpty();
            assertThat(faults(ArrowRules.packages_have_no_cycles(OFFENDING + ".inside"), OFFENDING + ".inside"))
                    .isEmpty();
        }

        @Test
        void the_use_of_another_rooms_internals_is_seen() {
            assertThat(faults(
                            ArrowRules.internal_packages_are_used_by_their_own_room_only(OFFENDING + ".inside"),
                            OFFENDING + ".inside"))
                    .isNotEmpty()
                    .allMatch(fault -> fault.contains("core.Nosy"));
        }

        @Test
        void a_connection_made_elsewhere_is_seen() {
            assertThat(faults(
                            ArrowRules.only_outbound_opens_connections(OFFENDING + ".connecting"),
                            OFFENDING + ".connecting"))
                    .isNotEmpty();
        }

        private Room room(String name) {
            return Room.HOUSE.stream()
                    .filter(room -> room.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class State {
        @Test
        void static_state_is_seen_and_constants_are_not() {
            assertThat(faults(StateRules.no_static_mutable_state(), Stateful.class))
                    .extracting(fault -> fault.replaceAll(".*Stateful\\.(\\w+) .*", "$1"))
                    .containsExactlyInAnyOrder("counter", "COUNT", "RANDOM", "NAMES", "CACHE", "OPEN_TABLE");
        }

        @Test
        void a_thread_local_is_seen() {
            assertThat(faults(StateRules.no_thread_locals(), Searching.class)).isNotEmpty();
        }

        @Test
        void the_system_clock_is_seen_outside_builders() {
            ArchRule rule = StateRules.the_system_clock_is_a_builders_default("dev.signet.Main");
            assertThat(faults(rule, Timekeeping.class))
                    .singleElement()
                    .asString()
                    .contains("Timekeeping.clock()");
            assertThat(faults(rule, Timekeeping.Builder.class)).isEmpty();
            assertThat(faults(
                            StateRules.the_system_clock_is_a_builders_default(Timekeeping.class.getName()),
                            Timekeeping.class))
                    .isEmpty();
        }

        @Test
        void reading_the_time_without_a_clock_is_seen() {
            assertThat(faults(StateRules.the_time_is_read_from_a_clock(), Timekeeping.class))
                    .hasSize(4)
                    .noneMatch(fault -> fault.contains("Timekeeping.given"));
        }

        @Test
        void counting_nanoseconds_is_seen_outside_waiting_rooms() {
            assertThat(faults(
                            StateRules.only_waiting_rooms_count_nanoseconds("dev.signet.outbound.."),
                            Timekeeping.class))
                    .isNotEmpty();
            assertThat(faults(StateRules.only_waiting_rooms_count_nanoseconds(OFFENDING), Timekeeping.class))
                    .isEmpty();
        }

        @Test
        void reflection_is_seen() {
            assertThat(faults(StateRules.nothing_is_found_by_reflection(), Searching.class))
                    .anyMatch(fault -> fault.contains("Class.forName"))
                    .anyMatch(fault -> fault.contains("ServiceLoader.load"))
                    .anyMatch(fault -> fault.contains("Method.invoke"));
        }

        @Test
        void printing_is_seen() {
            assertThat(faults(StateRules.libraries_print_nothing(), Talking.class))
                    .anyMatch(fault -> fault.contains("System.out"))
                    .anyMatch(fault -> fault.contains("System.err"))
                    .anyMatch(fault -> fault.contains("printStackTrace"))
                    .anyMatch(fault -> fault.contains("java.util.logging"));
        }
    }

    @Nested
    class Api {
        @Test
        void a_library_in_a_signature_is_seen() {
            assertThat(faults(ApiRules.signatures_show_no_library(), Leaking.class, Leaking.Failure.class))
                    .anyMatch(fault -> fault.contains("Leaking.client shows"))
                    .anyMatch(fault -> fault.contains("Leaking.<init>"))
                    .anyMatch(fault -> fault.contains("Leaking.keys() shows com.nimbusds.jose.jwk.JWK"))
                    .anyMatch(fault -> fault.contains("Leaking.read"))
                    .anyMatch(fault -> fault.contains("Leaking.parse"))
                    .anyMatch(fault -> fault.contains("Failure is a com.nimbusds"))
                    .noneMatch(fault -> fault.contains("Leaking.hidden"));
        }

        @Test
        void an_optional_parameter_is_seen() {
            assertThat(faults(ApiRules.optional_is_never_a_parameter(), Leaking.class))
                    .singleElement()
                    .asString()
                    .contains("Leaking.find");
        }

        @Test
        void an_open_class_is_seen() {
            assertThat(faults(ApiRules.classes_are_closed(), Leaking.class, Leaking.Failure.class))
                    .singleElement()
                    .asString()
                    .contains("Leaking can be extended");
        }
    }

    @Nested
    class Names {
        @Test
        void an_empty_word_is_seen() {
            assertThat(faults(
                            NamingRules.class_names_say_something(),
                            new ClassFileImporter()
                                    .importPackagesOf(Named.class)
                                    .that(describe(
                                            "are examples",
                                            type -> type.getName().startsWith(Named.class.getName())))))
                    .extracting(fault -> fault.replaceAll(".*\\$(\\w+) .*", "$1"))
                    .containsExactlyInAnyOrder("KeyManager", "ClaimImpl", "AbstractToken", "Util", "DefaultClock");
        }

        @Test
        void a_drawer_is_seen() {
            assertThat(faults(NamingRules.no_package_is_a_drawer(), OFFENDING + ".util"))
                    .isNotEmpty();
            assertThat(faults(NamingRules.no_package_is_a_drawer(), Named.class))
                    .isEmpty();
        }

        @Test
        void a_package_nobody_described_is_seen() {
            ArchRule rule = NamingRules.every_package_is_described_and_null_marked();
            assertThat(faults(rule, OFFENDING + ".util")).isNotEmpty();
            assertThat(faults(rule, new ClassFileImporter().importPackagesOf(ArchitectureRulesTest.class)))
                    .noneMatch(fault -> fault.startsWith("dev.signet.systemtests.architecture has"));
        }
    }

    private static List<String> faults(ArchRule rule, Class<?>... types) {
        return faults(rule, new ClassFileImporter().importClasses(types));
    }

    private static List<String> faults(ArchRule rule, String packageName) {
        return faults(rule, new ClassFileImporter().importPackages(packageName));
    }

    private static List<String> faults(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }
}
