package io.revoker.cli.service;

import io.revoker.cli.terminal.CommandIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Warns of a file that others may use, as an SSH client does of its keys. A file system without such permissions is
 * left alone; what can't be read is reported where it is read.
 */
final class FileMode {
    private static final Set<PosixFilePermission> CHANGE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READ_OR_CHANGE = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private FileMode() {}

    /** Of a file with a secret. */
    static void warnIfOthersMayRead(Path file, CommandIo io) {
        if (hasAny(file, READ_OR_CHANGE)) {
            io.warn(file + ": others may read or change it (expected: mode 0600)");
        }
    }

    /** Of a file that says where secrets are sent to. */
    static void warnIfOthersMayChange(Path file, CommandIo io) {
        if (hasAny(file, CHANGE)) {
            io.warn(file + ": others may change it (expected: mode 0644 or 0600)");
        }
    }

    private static boolean hasAny(Path file, Set<PosixFilePermission> some) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(some::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
