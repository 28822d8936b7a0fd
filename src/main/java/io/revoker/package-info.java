/**
 * The entry, and the only place where things are wired together.
 */
@NullMarked
package io.revoker;

import org.jspecify.annotations.NullMarked;
