/** What is published: the artifacts, their versions and their manifests. */
@NullMarked
package dev.signet.systemtests.release;

import org.jspecify.annotations.NullMarked;
