package dev.signet.authorizationserver.registration;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;

/** What is answered about metadata that can't be registered (RFC 7591 §3.2.2). */
public final class InvalidMetadata {

    private static final int LONGEST = 512;

    private InvalidMetadata() {}

    /**
     * A refusal for these faults: {@code invalid_redirect_uri} if one of them is about that.
     *
     * @param faults in words that begin with the member and repeat no value
     */
    public static OAuthException of(List<String> faults) {
        boolean redirect = faults.stream().anyMatch(fault -> fault.startsWith("redirect_uris"));
        String words = String.join("; ", faults);
        return OAuthException.of(
                redirect ? ErrorCode.INVALID_REDIRECT_URI : ErrorCode.INVALID_CLIENT_METADATA,
                printable(words),
                RefusalReason.CLIENT_METADATA_REFUSED,
                words);
    }

    /** {@code invalid_client_metadata} for one fault. */
    public static OAuthException of(String fault) {
        return of(List.of(fault));
    }

    /** In the characters and the length of an {@code error_description} (RFC 6749 §5.2). */
    private static String printable(String words) {
        String plain = words.replace('"', '\'').replace('\\', '/').replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }
}
