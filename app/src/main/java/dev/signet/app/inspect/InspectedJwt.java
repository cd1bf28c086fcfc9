package dev.signet.app.inspect;

import dev.signet.app.console.Printable;
import dev.signet.app.console.TimeWords;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A JWT for looking at. What it says is not proven. */
public final class InspectedJwt {

    private static final Set<String> TIMES = Set.of("exp", "iat", "nbf", "auth_time", "updated_at");

    private final DecodedJwt decoded;

    private InspectedJwt(DecodedJwt decoded) {
        this.decoded = decoded;
    }

    /**
     * Takes a JWT apart; white space around it and {@code Bearer} before it are ignored.
     *
     * @throws NotAJwt if the text is none
     */
    public static InspectedJwt parse(String text) {
        return new InspectedJwt(DecodedJwt.parse(text));
    }

    /** The JWT, to be checked. */
    public String compact() {
        return decoded.compact();
    }

    /** Header and claims, a member a line, times in words. */
    public List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Header");
        members(decoded.header(), now, lines);
        lines.add("Claims");
        decoded.claims()
                .ifPresentOrElse(
                        claims -> members(claims, now, lines),
                        () -> lines.add("  encrypted: only whoever has the key can read them"));
        return List.copyOf(lines);
    }

    private static void members(JsonObject object, Instant now, List<String> lines) {
        int width = object.names().stream()
                .mapToInt(name -> Printable.text(name).length())
                .max()
                .orElse(0);
        for (String name : object.names()) {
            Object value = object.find(name).orElse(JsonNull.NULL);
            String time = TIMES.contains(name)
                    ? NumericDate.find(value)
                            .map(at -> "   " + TimeWords.of(at, now))
                            .orElse("")
                    : "";
            lines.add("  " + padded(Printable.text(name), width) + "  " + Printable.value(value) + time);
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, Math.min(width, 24) - text.length()));
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return decoded.toString();
    }
}
