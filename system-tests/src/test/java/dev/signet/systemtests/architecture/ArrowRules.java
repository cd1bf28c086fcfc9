package dev.signet.systemtests.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;

/** Who may use whom. Each rule takes the package that holds the rooms, so that it can be shown to fail elsewhere. */
final class ArrowRules {

    private ArrowRules() {}

    /** A room uses only what its arrows reach, and the libraries that are its business. */
    static ArchRule follows_its_arrows(String root, Room room) {
        return classes()
                .that()
                .resideInAPackage(root + "." + room.name() + "..")
                .should(new ArchCondition<JavaClass>("use only what the arrows of " + room.name() + " reach") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                            JavaClass target = dependency.getTargetClass().getBaseComponentType();
                            if (!target.isPrimitive() && !room.permits(root, target.getFullName())) {
                                events.add(violated(type, dependency.getDescription()));
                            }
                        }
                    }
                });
    }

    static ArchRule packages_have_no_cycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** {@code root.room…internal} is the room's own affair. */
    static ArchRule internal_packages_are_used_by_their_own_room_only(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<>("leave other rooms' internal packages alone") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                            String target = dependency
                                    .getTargetClass()
                                    .getBaseComponentType()
                                    .getPackageName();
                            boolean internal = target.startsWith(root + ".") && (target + ".").contains(".internal.");
                            if (internal && !room(root, target).equals(room(root, type.getPackageName()))) {
                                events.add(violated(type, dependency.getDescription()));
                            }
                        }
                    }
                });
    }

    private static String room(String root, String packageName) {
        String inside = packageName.substring(Math.min(packageName.length(), root.length() + 1));
        int end = inside.indexOf('.');
        return end < 0 ? inside : inside.substring(0, end);
    }

    /**
     * Everything that makes a connection goes through the guarded fetcher. What calls APIs with a token goes through the HTTP
     * client that a program hands in, and the browser of the person in the demonstration is nobody's server.
     */
    static ArchRule only_outbound_opens_connections(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root + ".outbound..", root + ".client.http..", root + ".app.useragent..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "open connections",
                        type -> type.getFullName().equals("java.net.http.HttpClient")
                                || type.getFullName().equals("java.net.Socket")
                                || type.getFullName().equals("java.net.URLConnection")));
    }
}
