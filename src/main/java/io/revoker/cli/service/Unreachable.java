package io.revoker.cli.service;

import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;

/** There was no connection to any instance, so nothing was sent. */
public final class Unreachable extends CommandFailure {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
        super(CommandIo.UNREACHABLE, message);
    }
}
