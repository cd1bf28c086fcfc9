package dev.signet.core.explanation;

import dev.signet.core.error.RefusalReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that a JWT is held to, with the reasons it is refused for there. A reason belongs to one check: that is how a
 * refusal tells which check failed, and so which were passed before it.
 */
public enum Check {
    /** Is anybody's assertion exchanged here? */
    GRANT("the server exchanges assertions for tokens", RefusalReason.GRANT_TYPE_UNSUPPORTED),
    /** Can it be read? */
    FORM(
            "has the form of what it is taken for: a signed JWT, decrypted first where it may be encrypted, or an opaque "
                    + "token",
            RefusalReason.TOKEN_MALFORMED,
            RefusalReason.JWT_TOO_LARGE,
            RefusalReason.JWT_MALFORMED,
            RefusalReason.JWT_BAD_ENCODING,
            RefusalReason.JWT_BAD_JSON,
            RefusalReason.JWT_DUPLICATE_MEMBER,
            RefusalReason.JWT_UNKNOWN_CRITICAL,
            RefusalReason.JWT_UNENCODED_PAYLOAD,
            RefusalReason.JWT_COMPRESSED,
            RefusalReason.JWT_ALGORITHM_UNKNOWN,
            RefusalReason.JWT_DECRYPTION_FAILED,
            RefusalReason.JWT_NOT_SIGNED),
    /** Is it one that says nothing itself? */
    KEPT("what it stands for is kept here, since it is opaque or encrypted to an API"),
    /** Which client says it is? */
    CLIENT(
            "names a client that is registered",
            RefusalReason.CLIENT_CREDENTIALS_MALFORMED,
            RefusalReason.CLIENT_ID_MISMATCH,
            RefusalReason.CLIENT_UNKNOWN),
    /** Are requests taken in that form? */
    TAKEN("the server takes request objects", RefusalReason.REQUEST_OBJECT_UNSUPPORTED),
    /** May the client do that? */
    METHOD("the client is registered to authenticate by assertions", RefusalReason.CLIENT_METHOD_NOT_REGISTERED),
    /** Is that enough here? */
    ALLOWED_METHOD(
            "the method of the client is allowed at the endpoint and for the grant",
            RefusalReason.CLIENT_METHOD_NOT_ALLOWED),
    /** Whose is it? */
    ISSUER(
            "iss is the issuer that it must be",
            RefusalReason.JWT_ISSUER,
            RefusalReason.ASSERTION_ISSUER_UNTRUSTED,
            RefusalReason.ASSERTION_ISSUER_DISABLED),
    /** Is it encrypted where it must be? */
    ENCRYPTION("encrypted as was agreed with the issuer, or not at all", RefusalReason.JWT_ENCRYPTION),
    /** Is it signed in a way that was agreed? */
    ALGORITHM("alg is one that was agreed", RefusalReason.JWT_ALGORITHM_NOT_ALLOWED),
    /** With which key? */
    KEY(
            "one key of the signer fits kid and alg",
            RefusalReason.KEYS_UNAVAILABLE,
            RefusalReason.JWT_KEY_UNKNOWN,
            RefusalReason.JWT_KEY_AMBIGUOUS,
            RefusalReason.JWT_KEY_MISMATCH,
            RefusalReason.JWT_KEY_NOT_PINNED),
    /** Does it verify? */
    SIGNATURE("the signature or MAC is right", RefusalReason.JWT_BAD_SIGNATURE),
    /** Was it made for this? */
    TYPE("typ is that of the kind", RefusalReason.JWT_TYPE),
    /** Is it a request of that client? */
    REQUEST(
            "has its client_id inside, not as sub, no request or request_uri, and each parameter of its JSON type",
            RefusalReason.REQUEST_OBJECT_CLIENT,
            RefusalReason.REQUEST_OBJECT_TWICE,
            RefusalReason.REQUEST_OBJECT_PARAMETER),
    /** Are the claims there? */
    CLAIMS(
            "the claims that are required are there, each of its JSON type",
            RefusalReason.JWT_MISSING_CLAIM,
            RefusalReason.JWT_MALFORMED_CLAIM),
    /** Whom is it meant for? */
    AUDIENCE("aud names who checks it", RefusalReason.JWT_AUDIENCE),
    /** Is it current? */
    EXPIRY("exp lies ahead, and not too far", RefusalReason.JWT_EXPIRED, RefusalReason.JWT_LIFETIME_TOO_LONG),
    /** Has it begun? */
    NOT_BEFORE("nbf, if it is there, has passed", RefusalReason.JWT_NOT_YET_VALID),
    /** When was it made? */
    ISSUED_AT(
            "iat, if it is there, has passed, and not too long ago",
            RefusalReason.JWT_ISSUED_IN_FUTURE,
            RefusalReason.JWT_TOO_OLD),
    /** Can the claims be read as OAuth has them? */
    CLAIM_FORM("client_id, jti and scope have their form", RefusalReason.JWT_CLAIM_FORM),
    /** Is the rest as agreed? */
    CONDITIONS("further claims are what was agreed with the issuer", RefusalReason.ASSERTION_CONDITION_UNMET),
    /** Whom does it speak for? */
    SUBJECT(
            "sub is one that it may speak for",
            RefusalReason.JWT_SUBJECT,
            RefusalReason.ASSERTION_SUBJECT_REFUSED,
            RefusalReason.ACCOUNT_UNKNOWN,
            RefusalReason.ACCOUNT_DISABLED),
    /** Is it about the client, where somebody else made it? */
    IDENTITY("the claims are those that the client is registered with", RefusalReason.CLIENT_IDENTITY_OTHER),
    /** Whose key does it ask for? */
    CONFIRMATION("it is not bound to a key that has to be proven", RefusalReason.TOKEN_CONFIRMATION_UNPROVEN),
    /** What does its issuer say? */
    INTROSPECTION(
            "the authorization server says that it is active",
            RefusalReason.INTROSPECTION_UNAVAILABLE,
            RefusalReason.TOKEN_INACTIVE),
    /** Was it taken back? */
    REVOCATION("it was not revoked", RefusalReason.TOKEN_REVOKED),
    /** Are those whom it names usable now? */
    ENABLED(
            "client and resource that it names are enabled",
            RefusalReason.CLIENT_DISABLED,
            RefusalReason.TARGET_DISABLED),
    /** Is the request that it makes in order? */
    PARAMETERS(
            "the parameters satisfy the rules of authorization requests",
            RefusalReason.PARAMETER_MISSING,
            RefusalReason.PARAMETER_REPEATED,
            RefusalReason.PARAMETER_MALFORMED,
            RefusalReason.PARAMETER_TOO_LONG,
            RefusalReason.REDIRECT_URI_UNREGISTERED,
            RefusalReason.RESPONSE_TYPE_UNSUPPORTED,
            RefusalReason.RESPONSE_MODE_UNSUPPORTED,
            RefusalReason.CODE_CHALLENGE_METHOD),
    /** May the client exchange it? */
    PERMISSION(
            "the client that presents it may",
            RefusalReason.CLIENT_CREDENTIALS_MISSING,
            RefusalReason.GRANT_TYPE_NOT_ALLOWED,
            RefusalReason.SUBJECT_PERMISSION_MISSING),
    /** What for? */
    TARGET(
            "resource and scope are ones that were granted",
            RefusalReason.TARGET_UNKNOWN,
            RefusalReason.TARGET_SEVERAL,
            RefusalReason.TARGET_MISSING,
            RefusalReason.TARGET_MALFORMED,
            RefusalReason.SCOPE_REFUSED,
            RefusalReason.SCOPE_MISSING,
            RefusalReason.SCOPE_AMBIGUOUS),
    /** Has it been used? */
    SINGLE_USE("it was not used before", RefusalReason.ASSERTION_REPLAYED, RefusalReason.REQUEST_OBJECT_ANSWERED);

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that can't be changed
    private final Set<RefusalReason> reasons;

    Check(String description, RefusalReason... reasons) {
        this.description = description;
        this.reasons = Set.of(reasons);
    }

    /** The check that refuses for that reason; empty if it is no reason to refuse a JWT. */
    public static Optional<Check> find(RefusalReason reason) {
        return Arrays.stream(values())
                .filter(check -> check.reasons.contains(reason))
                .findFirst();
    }

    /** The stable identifier, such as {@code not-before}. */
    public String id() {
        return id;
    }

    /** What is so if it is passed. */
    public String description() {
        return description;
    }

    /** What a JWT is refused for here. */
    public Set<RefusalReason> reasons() {
        return reasons;
    }
}
