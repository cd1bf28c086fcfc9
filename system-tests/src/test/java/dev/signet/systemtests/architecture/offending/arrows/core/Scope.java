package dev.signet.systemtests.architecture.offending.arrows.core;

/** Does nothing wrong. */
public record Scope(String value) {}
