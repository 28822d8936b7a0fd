package io.revoker.bus;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog;

/**
 * Requests a page of the log after a stamp, as {@link RevocationLog#resume} returns it; the reply is a
 * {@link RevocationLog.LogPage}.
 */
public record ReadLog(Stamp read) {}
