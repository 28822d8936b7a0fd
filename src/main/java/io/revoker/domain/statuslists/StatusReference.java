package io.revoker.domain.statuslists;

/**
 * Where the status of a token is.
 *
 * @param list the id of the list
 */
public record StatusReference(String list, int index) {}
