/**
 * Answers that are kept for a while, for callers who repeat a request. Owns the form in which they are kept.
 */
@NullMarked
package io.revoker.redis.answers;

import org.jspecify.annotations.NullMarked;
