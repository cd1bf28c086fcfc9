/** What it costs to ask the authorization server about a token (RFC 7662), with few and with many tokens revoked. */
@NullMarked
package dev.signet.benchmarks.introspection;

import org.jspecify.annotations.NullMarked;
