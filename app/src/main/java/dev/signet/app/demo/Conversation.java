package dev.signet.app.demo;

import dev.signet.app.console.Printable;
import dev.signet.app.inspect.InspectedJwt;
import dev.signet.app.inspect.NotAJwt;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.Header;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.HttpReply;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends requests and prints what goes out and what comes back. */
final class Conversation {

    private static final int SHOWN = 64;
    private static final List<String> SHOWN_HEADERS = List.of("Content-Type", "Cache-Control", "WWW-Authenticate");

    private final OutboundHttp http;
    private final Clock clock;
    private final Consumer<String> out;
    private boolean asExpected = true;

    Conversation(OutboundHttp http, Clock clock, Consumer<String> out) {
        this.http = http;
        this.clock = clock;
        this.out = out;
    }

    /** An answer. */
    record Answer(int status, List<String> challenges, Optional<JsonObject> json) {
        boolean isChallenge(String part) {
            return status == 401 && challenges.stream().anyMatch(challenge -> challenge.contains(part));
        }

        String text(String member) {
            return json.flatMap(object -> object.findString(member)).orElse("");
        }
    }

    void heading(String text) {
        out.accept("");
        out.accept("== " + text);
    }

    void say(String text) {
        out.accept(text);
    }

    /** Shows what is in a JWT. */
    void showJwt(String title, String jwt) {
        out.accept("");
        out.accept("  " + title);
        try {
            InspectedJwt.parse(jwt).lines(clock.instant()).forEach(line -> out.accept("    " + line));
        } catch (NotAJwt e) {
            out.accept("    not a JWT: " + e.getMessage());
        }
    }

    /** Shows where a browser is sent. */
    void showAddress(URI address) {
        out.accept("");
        out.accept("  GET " + address.getRawPath());
        showPairs("  ?", "  &", String.valueOf(address.getRawQuery()));
        out.accept("");
    }

    /** Sends a form. */
    Answer post(String address, List<Header> headers, List<Map.Entry<String, String>> form) {
        URI uri = URI.create(address);
        byte[] body = FormParameters.encode(form).getBytes(StandardCharsets.US_ASCII);
        showRequest(uri, headers, new String(body, StandardCharsets.US_ASCII));
        HttpReply reply = http.post(uri, headers, body, FetchLimits.TOKEN_RESPONSE);
        Optional<JsonObject> json = json(reply.body());
        showReply(reply, json);
        return new Answer(reply.status(), reply.headers("WWW-Authenticate"), json);
    }

    private static Optional<JsonObject> json(byte[] body) {
        try {
            return body.length == 0 ? Optional.empty() : Optional.of(JsonObject.parse(body));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private void showRequest(URI uri, List<Header> headers, String body) {
        out.accept("");
        out.accept("  POST " + uri.getRawPath() + " HTTP/1.1");
        out.accept("  Host: " + uri.getRawAuthority());
        headers.forEach(header -> out.accept("  " + header.name() + ": " + shortened(header.value())));
        out.accept("  Content-Type: application/x-www-form-urlencoded");
        out.accept("");
        showPairs("  ", "  &", body);
    }

    private void showPairs(String first, String next, String pairs) {
        String before = first;
        for (String pair : List.of(pairs.split("&"))) {
            out.accept(before + shortened(pair));
            before = next;
        }
    }

    private void showReply(HttpReply reply, Optional<JsonObject> json) {
        out.accept("");
        out.accept("  HTTP/1.1 " + reply.status());
        for (String name : SHOWN_HEADERS) {
            reply.headers(name).forEach(value -> out.accept("  " + name + ": " + Printable.text(value)));
        }
        json.ifPresent(object -> {
            out.accept("");
            out.accept(shortened(object));
        });
    }

    private static String shortened(JsonObject object) {
        JsonObject.Builder shown = object.toBuilder();
        object.findString("access_token").ifPresent(token -> shown.put("access_token", shortened(token)));
        return Printable.indented(shown.build(), "  ");
    }

    /** JWTs are long, and shown decoded anyway. */
    private static String shortened(String text) {
        return Printable.text(text.length() <= SHOWN + 40 ? text : text.substring(0, SHOWN) + "…");
    }

    /** Says whether it went as it should, and remembers if not. */
    void expect(String what, boolean fulfilled) {
        asExpected &= fulfilled;
        out.accept("");
        out.accept((fulfilled ? "  -> as expected: " : "  -> NOT AS EXPECTED: ") + what);
    }

    boolean wentAsExpected() {
        return asExpected;
    }
}
