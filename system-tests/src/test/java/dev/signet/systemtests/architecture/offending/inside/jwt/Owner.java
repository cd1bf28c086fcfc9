package dev.signet.systemtests.architecture.offending.inside.jwt;

import dev.signet.systemtests.architecture.offending.inside.jwt.internal.Secret;

/** Uses its own room's internals, which is right. */
public record Owner(Secret secret) {}
