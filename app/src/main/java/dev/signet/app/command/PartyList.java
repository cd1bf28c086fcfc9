package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Those of the configuration file and those of the store, in this order, each with where it stands. */
record PartyList<T>(List<T> configured, List<T> stored) {

    private <R> List<R> each(BiFunction<T, String, R> form) {
        return Stream.concat(
                        configured.stream().map(party -> form.apply(party, "configuration")),
                        stored.stream().map(party -> form.apply(party, "store")))
                .toList();
    }

    /** @param none what is printed if there are none */
    void print(Terminal terminal, BiFunction<T, String, String> line, String none) {
        List<String> lines = each(line);
        lines.forEach(terminal::print);
        if (lines.isEmpty()) {
            terminal.print(none);
        }
    }

    /**
     * Prints one JSON object.
     *
     * @param all the name of its only member
     * @param one the name of each of them in there
     */
    void printJson(Terminal terminal, String all, String one, Function<T, JsonObject> json) {
        List<JsonObject> placed = each((party, place) -> JsonObject.builder()
                .put("in", place)
                .put(one, json.apply(party))
                .build());
        terminal.print(JsonObject.builder().put(all, placed).build().toJson());
    }
}
