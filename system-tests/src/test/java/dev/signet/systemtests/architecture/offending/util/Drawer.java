package dev.signet.systemtests.architecture.offending.util;

/** Lies in a drawer that nobody described. */
public record Drawer(String content) {}
