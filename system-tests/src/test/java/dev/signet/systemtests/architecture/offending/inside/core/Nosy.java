package dev.signet.systemtests.architecture.offending.inside.core;

import dev.signet.systemtests.architecture.offending.inside.jwt.internal.Secret;

/** Uses another room's internals. */
public record Nosy(Secret secret) {}
