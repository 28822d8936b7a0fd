package io.revoker.cli.terminal;

/** Ends a command: one line for the person, one number for the script. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    /**
     * @param exitStatus one of those of {@link CommandIo}
     * @param message contains no token and no secret
     */
    public CommandFailure(int exitStatus, String message) {
        super(message, null, false, false);
        this.exitStatus = exitStatus;
    }

    /** Of arguments that can't be used. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(CommandIo.USAGE, message);
    }

    public int exitStatus() {
        return exitStatus;
    }

    /** What it says. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
