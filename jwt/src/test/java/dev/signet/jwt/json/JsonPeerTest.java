package dev.signet.jwt.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Two readers must agree on what is JSON and what it says: ours, and Jackson's on input that is UTF-8. */
@Requirement({"8725-3.7-01", "8725-3.7-02", "8725-3.7-05"})
class JsonPeerTest {
    private static final JsonFactory PEER = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonLimits WIDE = new JsonLimits(100_000, 64, 10_000, 10_000, 1_000);
    private static final String[] FRAGMENTS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "\\u0000",
        "null",
        "true",
        "false",
        "0",
        "-",
        "1e5",
        ".5",
        "1.",
        "00",
        "-0",
        " ",
        "\n",
        "\t",
        "\u00e9",
        "\ud83d\ude00",
        "1E+2",
        "/",
        "//",
        "NaN",
        "'",
        "\\/",
        "\\x",
        "9999999999999999999"
    };

    private final Random random = new Random(20_260_101);

    @Test
    void reads_generated_documents_like_the_peer() {
        for (int round = 0; round < 10_000; round++) {
            byte[] document = object(3).getBytes(StandardCharsets.UTF_8);
            assertThat(ours(document)).isPresent();
            assertSame(document);
        }
    }

    @Test
    void judges_mutated_documents_like_the_peer() {
        int accepted = 0;
        int rounds = 60_000;
        for (int round = 0; round < rounds; round++) {
            accepted += assertSame(mutated(object(2).getBytes(StandardCharsets.UTF_8))) ? 1 : 0;
        }
        assertThat(accepted).isBetween(rounds / 20, rounds * 19 / 20);
    }

    @Test
    void writes_what_the_peer_reads_as_the_same() {
        for (int round = 0; round < 5_000; round++) {
            JsonObject object = JsonObject.parse(object(3));
            assertThat(peer(object.toBytes())).contains(object);
            assertThat(JsonObject.parse(object.toBytes())).isEqualTo(object);
        }
    }

    private boolean assertSame(byte[] document) {
        Optional<JsonObject> ours = ours(document);
        Optional<JsonObject> theirs = isUtf8(document) ? peer(document) : Optional.empty();
        assertThat(ours).as(new String(document, StandardCharsets.UTF_8)).isEqualTo(theirs);
        return ours.isPresent();
    }

    private static Optional<JsonObject> ours(byte[] document) {
        try {
            return Optional.of(JsonObject.parse(document, WIDE));
        } catch (JsonException refused) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> peer(byte[] document) {
        try (JsonParser parser = PEER.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = (JsonObject) value(parser, JsonToken.START_OBJECT);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException refused) {
            // The latter by our builder: an unpaired surrogate.
            return Optional.empty();
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                JsonObject.Builder object = JsonObject.builder();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    object.put(name, value(parser, parser.nextToken()));
                }
                yield object.build();
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                for (JsonToken each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
                    array.add(value(parser, each));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> {
                BigInteger integer = new BigInteger(parser.getString());
                yield integer.bitLength() < 64 ? (Object) integer.longValue() : new BigDecimal(integer);
            }
            case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> JsonNull.NULL;
        };
    }

    private static boolean isUtf8(byte[] document) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
            // A byte order mark, and the other encodings the peer would guess, begin with neither of these.
            return document.length > 0 && "{ \t\r\n".indexOf(document[0]) >= 0 && !startsWithUtf16(document);
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean startsWithUtf16(byte[] document) {
        return document.length > 1 && document[1] == 0;
    }

    private byte[] mutated(byte[] document) {
        byte[] result = document;
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(result.length + 1);
            int removed = random.nextInt(2) == 0 ? 0 : random.nextInt(Math.min(4, result.length - at) + 1);
            byte[] added = random.nextInt(4) > 0
                    ? FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(StandardCharsets.UTF_8)
                    : new byte[] {(byte) random.nextInt(256)};
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.writeBytes(Arrays.copyOf(result, at));
            changed.writeBytes(added);
            changed.writeBytes(Arrays.copyOfRange(result, at + removed, result.length));
            result = changed.toByteArray();
        }
        return result;
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        int size = random.nextInt(5);
        for (int member = 0; member < size; member++) {
            object.append(member == 0 ? "" : ",").append(space());
            // The number in front keeps the names apart.
            object.append('"').append(member).append(string().substring(1));
            object.append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return object.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0, 1 -> string();
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 3 -> number();
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> object(depth - 1);
            default -> array(depth - 1);
        };
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(random.nextGaussian());
            case 1 -> random.nextInt(100) + "e" + random.nextInt(300);
            case 2 -> "-0." + random.nextInt(1000) + "E-" + random.nextInt(50);
            default -> new BigInteger(random.nextInt(150), random).toString();
        };
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[");
        int size = random.nextInt(4);
        for (int element = 0; element < size; element++) {
            array.append(element == 0 ? "" : ",")
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return array.append(']').toString();
    }

    private String string() {
        StringBuilder string = new StringBuilder("\"");
        int length = random.nextInt(20);
        for (int at = 0; at < length; at++) {
            switch (random.nextInt(12)) {
                case 0 -> string.append("\\n");
                case 1 -> string.append("\\u%04x".formatted(random.nextInt(0xD800)));
                case 2 -> string.append('\u00e9');
                case 3 -> string.appendCodePoint(0x1F600 + random.nextInt(40));
                case 4 -> string.append("\\ud83d\\ude00");
                case 5 -> string.append("\\\"");
                default -> string.append((char) ('a' + random.nextInt(26)));
            }
        }
        return string.append('"').toString();
    }

    private String space() {
        return switch (random.nextInt(8)) {
            case 0 -> " ";
            case 1 -> "\r\n\t";
            default -> "";
        };
    }
}
