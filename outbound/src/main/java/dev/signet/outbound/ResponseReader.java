package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 response from a connection that carries no second one (RFC 9112). What RFC 9112 lets a recipient
 * put up with is refused: bare line feeds, folded lines, two lengths, a length beside a chunked body.
 */
final class ResponseReader {
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM = 5;
    private static final int LONGEST_CHUNK_LINE = 128;
    private static final int FIRST_FINAL_STATUS = 200;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern CHUNK_LINE = Pattern.compile("([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final InputStream in;
    /** How much more of head and trailers is read. */
    private int headLeft = LARGEST_HEAD;

    ResponseReader(InputStream buffered) {
        this.in = buffered;
    }

    /** The head of the final response; interim ones are passed over. */
    ResponseHead head() throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            ResponseHead head = oneHead();
            if (head.status() >= FIRST_FINAL_STATUS) {
                return head;
            }
            if (head.status() == 101) {
                break;
            }
        }
        throw malformed("interim responses do not end");
    }

    private ResponseHead oneHead() throws IOException {
        Matcher line = STATUS_LINE.matcher(headLine());
        if (!line.matches()) {
            throw malformed("no HTTP/1.1 status line");
        }
        boolean atLeast11 = line.group(1).equals("1");
        return new ResponseHead(Integer.parseInt(line.group(2)), atLeast11, fields());
    }

    private Map<String, List<String>> fields() throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (String line = headLine(); !line.isEmpty(); line = headLine()) {
            int colon = line.indexOf(':');
            if (colon < 1 || !FIELD_NAME.matcher(line.substring(0, colon)).matches()) {
                throw malformed("a header field has no valid name");
            }
            if (++count > MOST_FIELDS) {
                throw new OutboundException(Reason.TOO_LARGE, "the answer has too many header fields");
            }
            fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        fields.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(fields);
    }

    private String headLine() throws IOException {
        String line = line(headLeft);
        headLeft -= line.length() + 2;
        return line;
    }

    /** A line without its end; of control characters only tabs are allowed in it. */
    private String line(int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int octet = read(); octet != '\r'; octet = read()) {
            if ((octet < ' ' && octet != '\t') || octet == 0x7F) {
                throw malformed("a line has a control character or a wrong end");
            }
            if (line.size() >= longest) {
                throw new OutboundException(Reason.TOO_LARGE, "the head of the answer is too large");
            }
            line.write(octet);
        }
        if (read() != '\n') {
            throw malformed("a line has a wrong end");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private int read() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw brokenOff();
        }
        return octet;
    }

    /** The body that follows the head (RFC 9112 §6.3). */
    byte[] body(ResponseHead head, int maxBytes) throws IOException {
        Optional<String> length = head.single("content-length");
        Optional<String> coding = head.single("transfer-encoding");
        if (head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (coding.isPresent()) {
            if (!head.atLeast11() || length.isPresent() || !coding.get().equalsIgnoreCase("chunked")) {
                throw malformed("the length of the body is stated twice or in an unknown way");
            }
            return chunks(maxBytes);
        }
        return length.isPresent() ? octets(length.get(), maxBytes) : rest(maxBytes);
    }

    private byte[] octets(String length, int maxBytes) throws IOException {
        if (!LENGTH.matcher(length).matches()) {
            throw malformed("the length of the body is no number");
        }
        long stated = Long.parseLong(length);
        if (stated > maxBytes) {
            throw tooLarge(maxBytes);
        }
        byte[] body = in.readNBytes((int) stated);
        if (body.length < stated) {
            throw brokenOff();
        }
        return body;
    }

    /**
     * A body that ends with the connection. It may have been cut off on the way, as the JDK does not insist that TLS be
     * ended in order; what is fetched here, JSON objects and JWTs, is whole or unreadable.
     */
    private byte[] rest(int maxBytes) throws IOException {
        byte[] body = in.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return body;
    }

    private byte[] chunks(int maxBytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (size > maxBytes - body.size()) {
                throw tooLarge(maxBytes);
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw brokenOff();
            }
            body.writeBytes(chunk);
            if (read() != '\r' || read() != '\n') {
                throw malformed("a chunk is longer than it says");
            }
        }
        fields();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        Matcher line = CHUNK_LINE.matcher(line(LONGEST_CHUNK_LINE));
        if (!line.matches()) {
            throw malformed("a chunk has no size");
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(line.group(1), 16));
    }

    private static OutboundException malformed(String detail) {
        return new OutboundException(Reason.MALFORMED_RESPONSE, detail);
    }

    private static OutboundException tooLarge(int maxBytes) {
        return new OutboundException(Reason.TOO_LARGE, "the body is larger than " + maxBytes + " octets");
    }

    private static OutboundException brokenOff() {
        return new OutboundException(Reason.BROKEN_OFF, "the connection ended before the answer did");
    }
}
