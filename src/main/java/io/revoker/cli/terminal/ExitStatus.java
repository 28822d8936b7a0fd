package io.revoker.cli.terminal;

/** The exit statuses of the commands. Scripts depend on them: a number never gets another meaning. */
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;
    public static final int NOT_CONFIRMED = 4;
    public static final int UNCOUNTED = 5;
    public static final int INACTIVE = 6;

    private ExitStatus() {}
}
