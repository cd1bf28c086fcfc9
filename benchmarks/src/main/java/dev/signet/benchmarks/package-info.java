/** What the library costs beside the signature it cannot avoid, and beside its peers, in one run. */
@NullMarked
package dev.signet.benchmarks;

import org.jspecify.annotations.NullMarked;
