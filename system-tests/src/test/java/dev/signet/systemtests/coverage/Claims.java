package dev.signet.systemtests.coverage;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;

/**
 * What the tests say they show.
 *
 * @param testsById the tests that name a row, by the row's identifier
 * @param misplaced methods that name a row and are no test
 */
record Claims(Map<String, Set<String>> testsById, List<String> misplaced) {

    private record Claim(String id, String test) {}

    /** Reads the annotations of all classes in the given folders of class files. */
    static Claims in(Collection<Path> folders) {
        return of(new ClassFileImporter().importPaths(folders));
    }

    static Claims of(JavaClasses classes) {
        List<Claim> claims = new ArrayList<>();
        List<String> misplaced = new ArrayList<>();
        for (JavaClass type : classes) {
            if (isSwitchedOff(type)) {
                continue;
            }
            ids(type).forEach(id -> claims.add(new Claim(id, name(type))));
            for (JavaMethod method : type.getMethods()) {
                String test = name(type) + "." + method.getName();
                List<String> ids = ids(method).toList();
                if (!ids.isEmpty() && !isTest(method)) {
                    misplaced.add(test);
                } else if (!method.isAnnotatedWith(Disabled.class)) {
                    ids.forEach(id -> claims.add(new Claim(id, test)));
                }
            }
        }
        return new Claims(
                claims.stream()
                        .collect(groupingBy(Claim::id, TreeMap::new, mapping(Claim::test, toCollection(TreeSet::new)))),
                misplaced);
    }

    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class);
    }

    private static boolean isSwitchedOff(JavaClass type) {
        return type.isAnnotatedWith(Disabled.class)
                || type.getEnclosingClass().map(Claims::isSwitchedOff).orElse(false);
    }

    private static Stream<String> ids(CanBeAnnotated annotated) {
        if (!annotated.isAnnotatedWith(Requirement.class)) {
            return Stream.empty();
        }
        JavaAnnotation<?> annotation = annotated instanceof JavaClass type
                ? type.getAnnotationOfType(Requirement.class.getName())
                : ((JavaMethod) annotated).getAnnotationOfType(Requirement.class.getName());
        return Stream.of((String[]) annotation.get("value").orElseThrow());
    }

    /** The class's name without its package; the names of enclosing classes before it. */
    private static String name(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> name(outer) + "." + type.getSimpleName())
                .orElseGet(type::getSimpleName);
    }
}
