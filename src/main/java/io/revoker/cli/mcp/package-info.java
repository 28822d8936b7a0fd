/**
 * {@code revoker mcp}: the Model Context Protocol over standard input and output, by the protocol's own library.
 *
 * <p>Owns which tools an assistant has, what they say, and the approvals without which nothing is revoked. They ask a
 * running service as every command does, by the credentials of the person who started it. A new tool is added in
 * {@link io.revoker.cli.mcp.RevokerTools}.
 */
@NullMarked
package io.revoker.cli.mcp;

import org.jspecify.annotations.NullMarked;
