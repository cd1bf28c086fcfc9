package dev.signet.client;

/** The server took note that a token is not to be used any more, or was none to begin with (RFC 7009 §2.2). */
public record Revoked() {}
