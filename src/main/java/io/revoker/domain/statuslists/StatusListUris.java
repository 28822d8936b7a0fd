package io.revoker.domain.statuslists;

import java.util.Optional;

/**
 * The URIs of the lists, as verifiers see them.
 *
 * @param base the URL of this service, without a slash at its end
 */
public record StatusListUris(String base) {
    /** Of all lists, behind the URL of this service. */
    public static final String PATH = "/v1/status-lists";

    public StatusListUris {
        base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** Of the list of all lists. */
    public String all() {
        return base + PATH;
    }

    public String of(String list) {
        return all() + '/' + list;
    }

    /** The id of the list with a URI; empty if it is not one of this service. */
    public Optional<String> list(String uri) {
        String begin = all() + '/';
        return Optional.of(uri)
                .filter(text -> text.startsWith(begin))
                .map(text -> text.substring(begin.length()))
                .filter(StatusList::isId);
    }
}
