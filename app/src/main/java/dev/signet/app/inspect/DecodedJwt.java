package dev.signet.app.inspect;

import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A compact JWT taken apart for looking at. Nothing in it is proven: what decides goes through
 * {@link dev.signet.jwt.UnverifiedJwt} instead.
 *
 * @param claims empty for an encrypted JWT
 */
record DecodedJwt(String compact, JsonObject header, Optional<JsonObject> claims) {

    private static final int MAXIMUM_LENGTH = 1_000_000;

    /**
     * Takes text apart.
     *
     * @throws NotAJwt if it isn't a JWT, with the reason in words
     */
    static DecodedJwt parse(String text) {
        String compact = CompactText.of(text);
        if (compact.isEmpty()) {
            throw new NotAJwt("there is nothing to read");
        }
        if (compact.length() > MAXIMUM_LENGTH) {
            throw new NotAJwt("it is longer than " + MAXIMUM_LENGTH + " characters");
        }
        List<String> parts = List.of(compact.split("\\.", -1));
        if (parts.size() != 3 && parts.size() != 5) {
            throw new NotAJwt("expected three parts joined by dots (or five, when encrypted), found " + parts.size());
        }
        JsonObject header = json("header", parts.get(0));
        boolean encrypted = parts.size() == 5;
        return new DecodedJwt(
                compact, header, encrypted ? Optional.empty() : Optional.of(json("payload", parts.get(1))));
    }

    private static JsonObject json(String name, String part) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new NotAJwt("the " + name + " is not base64url");
        }
        try {
            return JsonObject.parse(octets);
        } catch (JsonException e) {
            throw new NotAJwt("the " + name + " is not a JSON object without duplicate members");
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "DecodedJwt[" + compact.length() + " characters]";
    }
}
