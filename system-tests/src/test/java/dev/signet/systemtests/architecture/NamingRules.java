package dev.signet.systemtests.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** Names say what a thing is, in the specification's words. */
final class NamingRules {

    private static final String EMPTY_WORDS = "Impl|Default|Abstract|Base|Manager|Handler|Helper|Utils?|Data|Info";
    private static final Pattern SAYS_NOTHING =
            Pattern.compile("(.*[a-z0-9])?(" + EMPTY_WORDS + ")|(Abstract|Default|Base)[A-Z].*");

    private NamingRules() {}

    static ArchRule class_names_say_something() {
        return classes().should(new ArchCondition<JavaClass>("have a name that says something") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (SAYS_NOTHING.matcher(type.getSimpleName()).matches()) {
                    events.add(violated(type, type.getName() + " has an empty word in its name"));
                }
            }
        });
    }

    static ArchRule no_package_is_a_drawer() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..helper..", "..helpers..", "..common..", "..shared..", "..misc..");
    }

    /** Every package says what it is for, and that null does not cross it. */
    static ArchRule every_package_is_described_and_null_marked() {
        return classes().should(new ArchCondition<>("lie in a package with a @NullMarked package-info") {
            private final Set<String> reported = new HashSet<>();

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class) && reported.add(type.getPackageName())) {
                    events.add(violated(type, type.getPackageName() + " has no @NullMarked package-info.java"));
                }
            }
        });
    }
}
