package io.revoker.cli.terminal;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports why a command ended early, in one line; a stack trace is for bugs only. */
public final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) throws Exception {
        if (e instanceof CommandFailure failure) {
            command.getErr().println("error: " + Shown.text(failure.text()));
            command.getErr().flush();
            return failure.exitStatus();
        }
        throw e;
    }
}
