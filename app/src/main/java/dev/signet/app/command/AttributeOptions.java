package dev.signet.app.command;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is known about somebody, for the claims of tokens. */
final class AttributeOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "a text that is known about the person, such as name or email")
    private List<String> texts = List.of();

    @Option(
            names = "--attribute-json",
            paramLabel = "NAME=JSON",
            description = "the same with a value that is JSON, such as true or [\"a\"]")
    private List<String> values = List.of();

    @Option(names = "--group", paramLabel = "GROUP", description = "a value of the attribute groups")
    private List<String> groups = List.of();

    @Option(names = "--role", paramLabel = "ROLE", description = "a value of the attribute roles")
    private List<String> roles = List.of();

    @Option(names = "--entitlement", paramLabel = "ENTITLEMENT", description = "a value of the attribute entitlements")
    private List<String> entitlements = List.of();

    boolean isEmpty() {
        return given().size() == 0;
    }

    /** What is given here, and of what was known before that which has another name. */
    Attributes over(Attributes before) {
        try {
            return Attributes.of(given()).over(before);
        } catch (IllegalArgumentException unfit) {
            throw PartyAccess.refused(String.valueOf(unfit.getMessage()));
        }
    }

    private JsonObject given() {
        JsonObject.Builder given = JsonObject.builder();
        texts.forEach(text -> given.put(name(text), valueOf(text)));
        values.forEach(text -> given.put(name(text), json(valueOf(text))));
        putAll(given, "groups", groups);
        putAll(given, "roles", roles);
        putAll(given, "entitlements", entitlements);
        return given.build();
    }

    private static void putAll(JsonObject.Builder given, String name, List<String> all) {
        if (!all.isEmpty()) {
            given.put(name, all);
        }
    }

    private String name(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(spec.commandLine(), "expected NAME=VALUE");
        }
        return text.substring(0, equals);
    }

    private static String valueOf(String text) {
        return text.substring(text.indexOf('=') + 1);
    }

    private Object json(String value) {
        try {
            JsonObject parsed = JsonObject.parse("{\"value\":" + value + "}");
            if (parsed.size() == 1) {
                return parsed.find("value").orElseThrow();
            }
        } catch (JsonException malformed) {
            // Said below, as what holds more than one value is.
        }
        throw new ParameterException(spec.commandLine(), "--attribute-json: expected NAME= and then JSON");
    }
}
