package dev.signet.app.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of environment variables where the file says {@code ${NAME}}.
 *
 * <p>The value goes in as it is: it can't bring new keys, lists or further variables. {@code $${NAME}} stands for the
 * text {@code ${NAME}} itself.
 */
public final class Environment {

    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variables of these names and values. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables);
    }

    /** The text with its references replaced; each that can't be is told to {@code faults} and stays as it is. */
    String substitute(String text, Consumer<String> faults) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    result,
                    Matcher.quoteReplacement(value(matcher.group(), matcher.group(1), matcher.group(2), faults)));
        }
        return matcher.appendTail(result).toString();
    }

    private String value(String whole, String escape, String name, Consumer<String> faults) {
        if (!escape.isEmpty()) {
            return whole.substring(1);
        }
        if (!NAME.matcher(name).matches()) {
            faults.accept("expected the name of an environment variable inside ${…}");
            return whole;
        }
        String value = variables.get(name);
        if (value == null) {
            faults.accept("the environment variable " + name + " is not set");
            return whole;
        }
        return value;
    }
}
