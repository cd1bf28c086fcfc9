package dev.signet.systemtests.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a user of the libraries can see. */
final class ApiRules {

    private static final Set<String> HIDDEN = Set.of(
            "tools.jackson.",
            "com.fasterxml.",
            "com.nimbusds.",
            "org.jose4j.",
            "java.net.http.",
            "org.snakeyaml.",
            "org.eclipse.jetty.",
            "picocli.",
            "com.github.benmanes.",
            "com.zaxxer.",
            "org.flywaydb.",
            "org.slf4j.");

    private ApiRules() {}

    private static final DescribedPredicate<JavaClass> API = DescribedPredicate.describe(
            "are API",
            type -> isVisible(type) && !type.getPackageName().contains(".internal") && !type.isAnonymousClass());

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ApiRules::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** The libraries behind the API can be exchanged, and never meet the version another library brings. */
    static ArchRule signatures_show_no_library() {
        return classes().that(API).should(new ArchCondition<>("show only the JDK and our own types") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                        .filter(parent -> isHidden(parent, type))
                        .forEach(parent -> events.add(violated(type, type.getName() + " is a " + parent.getName())));
                for (JavaMember member : type.getMembers()) {
                    if (isVisible(member.getModifiers())) {
                        shown(member)
                                .filter(shown -> isHidden(shown, type))
                                .forEach(shown -> events.add(
                                        violated(member, member.getFullName() + " shows " + shown.getName())));
                    }
                }
            }
        });
    }

    private static Stream<JavaClass> shown(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit unit ? unit.getThrowsClause().getTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
    }

    private static boolean isHidden(JavaClass shown, JavaClass by) {
        String name = shown.getBaseComponentType().getFullName();
        // The one package that is for programs with the JDK's HTTP client.
        boolean theirs = by.getPackageName().equals("dev.signet.client.http") && name.startsWith("java.net.http.");
        return !theirs && HIDDEN.stream().anyMatch(name::startsWith);
    }

    /** An absent argument is another method or a builder without the call; only records and results hold an Optional. */
    static ArchRule optional_is_never_a_parameter() {
        return classes().that(API).should(new ArchCondition<>("take no Optional") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    if (isVisible(method.getModifiers()) && hasOptionalParameter(method)) {
                        events.add(violated(method, method.getFullName() + " takes an Optional"));
                    }
                }
            }
        });
    }

    private static boolean hasOptionalParameter(JavaMethod method) {
        return method.getRawParameterTypes().stream().anyMatch(parameter -> parameter.isEquivalentTo(Optional.class));
    }

    /** Nobody extends by subclassing. */
    static ArchRule classes_are_closed() {
        return classes().that(API).should(new ArchCondition<>("be final, sealed or an interface") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.isInterface()
                        || type.isEnum()
                        || type.getModifiers().contains(JavaModifier.FINAL)
                        || type.reflect().isSealed();
                if (!closed) {
                    events.add(violated(type, type.getName() + " can be extended by anybody"));
                }
            }
        });
    }
}
