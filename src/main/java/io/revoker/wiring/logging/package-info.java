/**
 * The format and the level of the log, as the settings want them.
 *
 * <p>Touches Logback, and nothing of the service.
 */
@NullMarked
package io.revoker.wiring.logging;

import org.jspecify.annotations.NullMarked;
