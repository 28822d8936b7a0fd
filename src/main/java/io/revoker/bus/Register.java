package io.revoker.bus;

import io.revoker.domain.Grant;

/** Registers the tokens of one grant; the reply is a {@link io.revoker.domain.store.Registration}. */
public record Register(Grant grant) {}
