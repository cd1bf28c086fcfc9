package dev.signet.systemtests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.systemtests.Checkout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules over the rooms as they are. {@link ArchitectureRulesTest} shows that each of them can fail. */
@Tag("sources")
class ArchitectureTest {

    private static final String ROOT = "dev.signet";

    /** The main code of every room: the libraries, the test kit and the program. */
    private static final JavaClasses HOUSE = mainCode(List.of(
            "jwt",
            "core",
            "outbound",
            "authorization-server",
            "resource-server",
            "servlet",
            "client",
            "store-jdbc",
            "testkit",
            "testkit/requirement",
            "app"));

    /** What others build on at run time. */
    private static final JavaClasses LIBRARIES = mainCode(List.of(
            "jwt", "core", "outbound", "authorization-server", "resource-server", "servlet", "client", "store-jdbc"));

    private static JavaClasses mainCode(List<String> rooms) {
        return new ClassFileImporter()
                .importPaths(rooms.stream()
                        .map(room -> Checkout.root().resolve(room).resolve("target/classes"))
                        .toList());
    }

    @Nested
    class Arrows {
        @TestFactory
        Stream<DynamicTest> each_room_follows_its_arrows() {
            return Room.HOUSE.stream()
                    .map(room -> DynamicTest.dynamicTest(
                            room.name(), () -> check(ArrowRules.follows_its_arrows(ROOT, room), HOUSE)));
        }

        @Test
        void packages_have_no_cycles() {
            check(ArrowRules.packages_have_no_cycles(ROOT), HOUSE);
        }

        @Test
        void internal_packages_are_used_by_their_own_room_only() {
            check(ArrowRules.internal_packages_are_used_by_their_own_room_only(ROOT), HOUSE);
        }

        @Test
        void only_outbound_opens_connections() {
            check(ArrowRules.only_outbound_opens_connections(ROOT), HOUSE);
        }
    }

    @Nested
    class State {
        @Test
        void no_static_mutable_state() {
            check(StateRules.no_static_mutable_state(), HOUSE);
        }

        @Test
        void no_thread_locals() {
            check(StateRules.no_thread_locals(), HOUSE);
        }

        @Test
        void the_system_clock_is_a_builders_default() {
            check(StateRules.the_system_clock_is_a_builders_default("dev.signet.app.Signet"), HOUSE);
        }

        @Test
        void the_time_is_read_from_a_clock() {
            check(StateRules.the_time_is_read_from_a_clock(), HOUSE);
        }

        @Test
        void only_waiting_rooms_count_nanoseconds() {
            check(StateRules.only_waiting_rooms_count_nanoseconds("dev.signet.outbound..", "dev.signet.app.."), HOUSE);
        }

        @Test
        void nothing_is_found_by_reflection() {
            check(StateRules.nothing_is_found_by_reflection(), HOUSE);
        }

        @Test
        void libraries_print_nothing() {
            check(StateRules.libraries_print_nothing(), LIBRARIES);
        }
    }

    @Nested
    class Api {
        @Test
        void signatures_show_no_library() {
            check(ApiRules.signatures_show_no_library(), LIBRARIES);
        }

        @Test
        void optional_is_never_a_parameter() {
            check(ApiRules.optional_is_never_a_parameter(), LIBRARIES);
        }

        @Test
        void classes_are_closed() {
            check(ApiRules.classes_are_closed(), LIBRARIES);
        }
    }

    @Nested
    class Names {
        @Test
        void class_names_say_something() {
            check(NamingRules.class_names_say_something(), HOUSE);
        }

        @Test
        void no_package_is_a_drawer() {
            check(NamingRules.no_package_is_a_drawer(), HOUSE);
        }

        @Test
        void every_package_is_described_and_null_marked() {
            check(NamingRules.every_package_is_described_and_null_marked(), HOUSE);
        }
    }

    private static void check(ArchRule rule, JavaClasses classes) {
        rule.check(classes);
    }
}
