package dev.signet.authorizationserver.internal;

import dev.signet.core.Issuer;
import java.net.URI;
import java.time.Duration;

/**
 * What every assertion is held to, whoever made it.
 *
 * @param issuer the audience that names this server
 * @param tokenEndpoint what names it besides, where older audiences are switched on
 * @param skew how far clocks may differ
 */
public record AssertionTerms(Issuer issuer, URI tokenEndpoint, Duration skew) {}
