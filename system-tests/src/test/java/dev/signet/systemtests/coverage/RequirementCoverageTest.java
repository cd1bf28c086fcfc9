package dev.signet.systemtests.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.signet.systemtests.Checkout;
import dev.signet.systemtests.GeneratedPage;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every name a test gives to a requirement exists, and the generated table tells the truth. */
@Tag("sources")
class RequirementCoverageTest {

    private static final String OWN_EXAMPLES = RequirementCoverageTest.class.getName() + "$";

    @Nested
    class The_project {
        private final Ledger ledger = Ledger.read(Checkout.root().resolve("docs/requirements"));
        private final Claims claims = Claims.of(new ClassFileImporter()
                .withImportOption(location -> !location.contains(OWN_EXAMPLES.replace('.', '/')))
                .importPaths(Checkout.compiledClasses()));

        @Test
        void has_no_test_that_names_an_unknown_row() {
            Set<String> unknown = new TreeSet<>(claims.testsById().keySet());
            unknown.removeAll(ledger.ids());
            assertThat(unknown)
                    .allSatisfy(id -> assertThat(claims.testsById().get(id))
                            .as("%s is no row of docs/requirements, but is named by", id)
                            .isEmpty());
        }

        @Test
        void names_rows_on_tests_only() {
            assertThat(claims.misplaced()).isEmpty();
        }

        @Test
        void has_an_up_to_date_table() {
            new GeneratedPage("docs/requirements/coverage.md", new CoverageTable(ledger, claims).toMarkdown())
                    .assertUpToDate();
        }
    }

    @Nested
    class Reading {
        @Test
        void finds_the_rows_of_a_table_and_those_struck_through() {
            assertThat(Ledger.parse(List.of(
                            "| ID | spec § | level | role | requirement | test |",
                            "|---|---|---|---|---|---|",
                            "| 7523-3-01 | 7523 §3 | MUST | AS, RS | It is so. | so → ok |",
                            "| ~~7523-3-02~~ | 7523 §3 | MAY | AS | Dropped, for a reason. | none |")))
                    .containsExactly(
                            new Ledger.Row("7523-3-01", "MUST", "AS, RS", false),
                            new Ledger.Row("7523-3-02", "MAY", "AS", true));
        }

        @Test
        void finds_the_annotations_of_tests_and_leaves_out_what_is_switched_off() {
            Claims claims = Claims.of(new ClassFileImporter().importClasses(Example.class, SwitchedOff.class));
            assertThat(claims.testsById()).containsOnlyKeys("a-1", "a-2", "a-3");
            assertThat(claims.testsById().get("a-2")).containsExactly("RequirementCoverageTest.Example.shows_two_rows");
            assertThat(claims.misplaced()).containsExactly("RequirementCoverageTest.Example.no_test");
        }

        @Test
        void counts_what_is_shown_and_what_is_not() {
            Ledger ledger = new Ledger(Map.of(
                    "01-a.md",
                    List.of(
                            new Ledger.Row("a-1", "MUST", "AS", false),
                            new Ledger.Row("a-9", "MAY", "RS", false),
                            new Ledger.Row("a-10", "MAY", "RS", true))));
            String table =
                    new CoverageTable(ledger, new Claims(Map.of("a-1", Set.of("T.shows")), List.of())).toMarkdown();
            assertThat(table)
                    .contains("| [01-a.md](01-a.md) | 2 | 1 | 1 |")
                    .contains("| a-1 | MUST | AS | `T.shows` |")
                    .contains("| a-9 | MAY | RS | not yet |")
                    .contains("| a-10 | MAY | RS | dropped |");
        }
    }

    @Requirement("a-1")
    static final class Example {
        @Test
        @Requirement({"a-2", "a-3"})
        void shows_two_rows() {}

        @Test
        @Disabled("an example of a test that is switched off")
        @Requirement("a-4")
        void is_off() {}

        @Requirement("a-5")
        void no_test() {}
    }

    @Disabled("an example of a class that is switched off")
    static final class SwitchedOff {
        @Test
        @Requirement("a-6")
        void shows_nothing() {}
    }
}
