package dev.signet.jwt;

/** Why a JWT was rejected. The names are stable: logs, events and documentation use them. */
public enum Reason {
    /** Longer than the receiver reads. */
    TOO_LARGE,
    /** Not a compact serialization, or a header parameter has the wrong type. */
    MALFORMED,
    /** A part is not canonical base64url. */
    BAD_ENCODING,
    /** Header or claims are not UTF-8, or not a JSON object within the limits. */
    BAD_JSON,
    /** Header or claims have two members of one name, at whatever depth. */
    DUPLICATE_MEMBER,
    /** The header has {@code crit}: no extension is understood. */
    UNKNOWN_CRITICAL,
    /** The header has {@code b64} (RFC 7797). */
    UNENCODED_PAYLOAD,
    /** The header has {@code zip}. */
    COMPRESSED,
    /** {@code alg} is missing or names nothing supported; {@code none} is such a name. */
    ALGORITHM_UNKNOWN,
    /** {@code alg} is supported but not accepted from this sender. */
    ALGORITHM_NOT_ALLOWED,
    /** No key of that {@code kid}, or no key at all that fits. Fresh keys may help. */
    KEY_UNKNOWN,
    /** Several keys fit. */
    KEY_AMBIGUOUS,
    /** The key found by {@code kid} is for another algorithm. */
    KEY_MISMATCH,
    /** An RSA key states no algorithm, and more than one RSA algorithm is accepted. */
    KEY_NOT_PINNED,
    /** The signature or MAC is wrong. */
    BAD_SIGNATURE,
    /** The JWE cannot be decrypted, for whatever reason, or is not to be: its algorithms are not accepted here. */
    DECRYPTION_FAILED,
    /** The JWE holds something else than a signed JWT. */
    NOT_SIGNED,
    /** Encrypted, though that was not agreed with its issuer; or not, or otherwise, though it was. */
    ENCRYPTION,
    /** {@code typ} is not the expected one. */
    TYPE,
    /** {@code iss} is not the expected one. */
    ISSUER,
    /** {@code sub} is not the expected one. */
    SUBJECT,
    /** {@code aud} does not name the receiver as it must. */
    AUDIENCE,
    /** A required claim is absent. */
    MISSING_CLAIM,
    /** A claim has the wrong JSON type or an impossible value. */
    MALFORMED_CLAIM,
    /** A claim is there, but not in the form that its receiver reads. */
    CLAIM_FORM,
    /** {@code exp} has passed. */
    EXPIRED,
    /** {@code nbf} lies ahead. */
    NOT_YET_VALID,
    /** {@code iat} lies ahead. */
    ISSUED_IN_FUTURE,
    /** {@code iat} is too long ago. */
    TOO_OLD,
    /** {@code exp} is too far ahead. */
    LIFETIME_TOO_LONG
}
