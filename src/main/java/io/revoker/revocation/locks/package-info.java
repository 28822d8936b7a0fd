/**
 * Lists and removes locks. A lock is made by the revocation that it comes with.
 */
@NullMarked
package io.revoker.revocation.locks;

import org.jspecify.annotations.NullMarked;
