/**
 * How a command reaches a service: addresses and credentials from options, variables and the file of contexts, and the
 * calls over HTTP.
 *
 * <p>Owns what is retried, and which answer ends a command with which exit status. It has a caller of its own because
 * the commands show the JSON of the service as it is, which {@link io.revoker.client} turns into types.
 */
@NullMarked
package io.revoker.cli.service;

import org.jspecify.annotations.NullMarked;
