package dev.signet.client.registration;

/** The registration is no more (RFC 7592 §2.3), and what was kept of it is of no use. */
public record Deleted() {}
