/**
 * The entry: {@link io.revoker.Main} for a process, {@link io.revoker.Service} for an application that embeds the
 * service.
 */
@NullMarked
package io.revoker;

import org.jspecify.annotations.NullMarked;
