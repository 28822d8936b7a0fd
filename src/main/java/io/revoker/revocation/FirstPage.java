package io.revoker.revocation;

import io.revoker.domain.store.TokenStore.Page;
import io.vertx.core.Future;

/**
 * The first page of a sweep, asked for before the sweep is known.
 *
 * @param incarnation of the store when the page was asked for: if that has changed since, the page may lack some
 */
record FirstPage(long incarnation, Future<Page> page) {}
