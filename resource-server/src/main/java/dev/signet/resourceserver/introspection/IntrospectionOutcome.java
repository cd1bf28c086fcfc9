package dev.signet.resourceserver.introspection;

import dev.signet.jwt.json.JsonObject;

/** What became of the question whether a token is active (RFC 7662 §2.2). */
public sealed interface IntrospectionOutcome {

    /**
     * The authorization server says that the token is active. Whether it is good here is for who asked to decide.
     *
     * @param answer all that was said, which has come from the authorization server
     */
    record Active(JsonObject answer) implements IntrospectionOutcome {}

    /** The authorization server says that the token is not active, which can have any cause. */
    record Inactive() implements IntrospectionOutcome {}

    /**
     * There is no answer that can be believed: nobody can say now.
     *
     * @param detail why, in a sentence for the log that holds nothing of the token; not to be sent
     */
    record Unavailable(String detail) implements IntrospectionOutcome {}
}
