package dev.signet.jwt.json;

/**
 * How much JSON is read before giving up, RFC 8725 §3.7 as drafted in its update: input is hostile until verified.
 *
 * @param maxBytes octets of the whole text
 * @param maxDepth nested objects and arrays, the outermost counted
 * @param maxMembers object members and array elements in the whole text together
 * @param maxStringLength characters of one string or member name
 * @param maxNumberLength characters of one number
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxMembers, int maxStringLength, int maxNumberLength) {
    /** For the header or claims of a JWT of at most 65 536 characters. */
    public static final JsonLimits JWT = new JsonLimits(49_152, 16, 2_000, 49_152, 64);

    /** For fetched and posted documents: metadata, JWK Sets, registrations. 256 KB. */
    public static final JsonLimits DOCUMENT = new JsonLimits(262_144, 32, 20_000, 131_072, 64);

    private static final int DEEPEST = 64;

    public JsonLimits {
        if (maxBytes < 2 || maxMembers < 0 || maxStringLength < 0 || maxNumberLength < 1) {
            throw new IllegalArgumentException("limits must not be negative and must leave room for {}");
        }
        if (maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("maxDepth must be from 1 to " + DEEPEST);
        }
        if (maxNumberLength > JsonReader.LONGEST_NUMBER) {
            throw new IllegalArgumentException("maxNumberLength must be at most " + JsonReader.LONGEST_NUMBER);
        }
    }
}
