package dev.signet.jwt.key;

/** What a key is for (RFC 7517 §4.2). */
public enum KeyUse {
    /** Signatures. */
    SIGNATURE("sig"),
    /** Encryption. */
    ENCRYPTION("enc");

    private final String wireName;

    KeyUse(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code use}. */
    public String wireName() {
        return wireName;
    }
}
