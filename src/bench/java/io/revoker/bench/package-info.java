/**
 * The benchmark: one run, one machine, one table, in which every figure stands beside a yardstick that was measured in the same run.
 *
 * <p>Owns the load generator, the yardsticks and the report. Drives the packaged service from outside, over HTTP; touches nothing inside it.
 */
@NullMarked
package io.revoker.bench;

import org.jspecify.annotations.NullMarked;
