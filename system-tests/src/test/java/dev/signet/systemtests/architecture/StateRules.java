package dev.signet.systemtests.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Nothing is shared behind the caller's back, and time comes in from outside. */
final class StateRules {

    /** Types whose instances change or hold a resource; no constant is made of them. */
    private static final Set<String> CHANGING = Set.of(
            "java.util.concurrent.atomic.",
            "java.util.concurrent.locks.",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ScheduledExecutor",
            "java.util.concurrent.Semaphore",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal",
            "java.lang.Thread",
            "java.util.BitSet",
            "java.util.Random",
            "java.util.Timer",
            "java.security.SecureRandom",
            "java.security.MessageDigest",
            "java.security.Signature",
            "java.security.KeyPairGenerator",
            "javax.crypto.Cipher",
            "javax.crypto.Mac",
            "java.net.http.HttpClient",
            "java.text.",
            "com.github.benmanes.caffeine.");

    private static final Set<String> UNMODIFIABLE = Set.of(
            "java.util.ImmutableCollections$",
            "java.util.Collections$Unmodifiable",
            "java.util.Collections$Empty",
            "java.util.Collections$Singleton",
            "java.util.KeyValueHolder");

    private StateRules() {}

    /** A static field is final, and what it holds can't change. A private array is taken to be a constant table. */
    static ArchRule no_static_mutable_state() {
        return fields().that().areStatic().should(new ArchCondition<JavaField>("be constants") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                if (!field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    String fault = fault(field);
                    if (!fault.isEmpty()) {
                        events.add(violated(field, field.getFullName() + " " + fault));
                    }
                }
            }
        });
    }

    private static String fault(JavaField field) {
        JavaClass type = field.getRawType();
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return "is not final";
        }
        if (type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE)) {
            return "is an array others can write to";
        }
        if (isChanging(type)) {
            return "holds a changing " + type.getName();
        }
        if (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)) {
            String held = heldBy(field.reflect());
            if (UNMODIFIABLE.stream().noneMatch(held::startsWith)) {
                return "holds a modifiable " + held;
            }
        }
        return "";
    }

    private static boolean isChanging(JavaClass type) {
        return Stream.concat(
                        Stream.of(type),
                        Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream()))
                .anyMatch(each -> CHANGING.stream().anyMatch(each.getFullName()::startsWith));
    }

    private static String heldBy(Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            return value == null ? "null" : value.getClass().getName();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static ArchRule no_thread_locals() {
        return noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
    }

    /** Clocks come in through builders; only a builder may fall back on the system's, and only {@code main} may begin with it. */
    static ArchRule the_system_clock_is_a_builders_default(String main) {
        return noClasses()
                .that(DescribedPredicate.describe(
                        "are neither builders nor " + main,
                        type -> !type.getSimpleName().equals("Builder")
                                && !type.getFullName().equals(main)))
                .should()
                .accessTargetWhere(reads("java.time.Clock", "system", "tick"));
    }

    /** Nobody asks the system what time it is without a clock. */
    static ArchRule the_time_is_read_from_a_clock() {
        return noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe("read the system's time", StateRules::readsTheTime));
    }

    private static boolean readsTheTime(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        boolean withoutClock = access.getTarget().getDescription().endsWith(".now()>");
        return (owner.startsWith("java.time.") && name.equals("now") && withoutClock)
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || access.getTarget().getFullName().equals("java.util.Date.<init>()")
                || (owner.equals("java.util.Calendar") && name.equals("getInstance"));
    }

    /** A monotonic count serves time-outs, which are the business of the rooms that wait. */
    static ArchRule only_waiting_rooms_count_nanoseconds(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .accessTargetWhere(reads("java.lang.System", "nanoTime"));
    }

    private static DescribedPredicate<JavaAccess<?>> reads(String owner, String... names) {
        return DescribedPredicate.describe(
                "call " + owner + "." + String.join("|", names),
                access -> access.getTargetOwner().getFullName().equals(owner)
                        && Stream.of(names).anyMatch(access.getTarget().getName()::startsWith));
    }

    /** No class is found by its name, no member by reflection, no service by the class path. */
    static ArchRule nothing_is_found_by_reflection() {
        return noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe("find classes or members at run time", access -> {
                    String owner = access.getTargetOwner().getFullName();
                    String name = access.getTarget().getName();
                    return owner.equals("java.util.ServiceLoader")
                            || owner.startsWith("java.lang.reflect.")
                            || (owner.equals("java.lang.Class")
                                    && (name.equals("forName") || name.startsWith("getDeclared")))
                            || name.equals("loadClass");
                }));
    }

    /** Libraries report through events and exceptions; they print and log nothing. */
    static ArchRule libraries_print_nothing() {
        return noClasses().should().accessTargetWhere(DescribedPredicate.describe("print", access -> {
            String target = access.getTarget().getFullName();
            return target.equals("java.lang.System.out")
                    || target.equals("java.lang.System.err")
                    || target.startsWith("java.lang.Throwable.printStackTrace")
                    || access.getTargetOwner().getFullName().startsWith("java.util.logging.");
        }));
    }
}
