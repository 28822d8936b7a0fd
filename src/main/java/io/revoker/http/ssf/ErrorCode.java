package io.revoker.http.ssf;

import java.util.regex.Pattern;

/** The code by which a receiver refuses an event (RFC 8935, section 2.3). */
public final class ErrorCode {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private ErrorCode() {}

    /** As it may be logged and counted: anything else is {@code other}. */
    public static String shown(String code) {
        return CODE.matcher(code).matches() ? code : "other";
    }
}
