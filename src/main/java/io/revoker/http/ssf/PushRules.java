package io.revoker.http.ssf;

import io.revoker.net.HttpTarget;

/**
 * What holds for streams that are pushed.
 *
 * @param targets where to
 */
public record PushRules(HttpTarget.Rule targets, PushAuthorization authorization) {}
