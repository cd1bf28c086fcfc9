package dev.signet.systemtests.architecture.offending.arrows.jwt;

import dev.signet.systemtests.architecture.offending.arrows.core.Scope;
import java.nio.file.Path;
import org.slf4j.Logger;

/** Knows a room above its own, a library that is none of its business and a part of the JDK that isn't either. */
public record Key(Scope scope, Logger logger, Path file) {}
