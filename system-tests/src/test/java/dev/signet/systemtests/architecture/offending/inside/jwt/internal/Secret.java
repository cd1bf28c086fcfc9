package dev.signet.systemtests.architecture.offending.inside.jwt.internal;

/** No promise to anybody outside its room. */
public record Secret(String value) {}
