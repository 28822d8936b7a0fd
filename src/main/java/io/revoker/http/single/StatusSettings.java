package io.revoker.http.single;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.config.Configuration;
import io.revoker.config.StatusListConfig;
import io.revoker.domain.statuslists.ListShape;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.domain.statuslists.StatusReference;
import java.util.Optional;

/**
 * How status lists are made, and where they are.
 *
 * @param uris absent if there are no lists
 */
public record StatusSettings(Optional<StatusListUris> uris, ListShape shape) {
    public static StatusSettings of(Configuration configuration) {
        StatusListConfig settings = configuration.statusList();
        return new StatusSettings(
                configuration.oauth().issuer().filter(url -> settings.enabled()).map(StatusListUris::new),
                new ListShape(settings.size(), settings.maxLists(), settings.window()));
    }

    /** The claim {@code status} of a token that has an index (section 6.1). */
    public static ObjectNode claim(StatusListUris uris, StatusReference reference) {
        return JsonNodeFactory.instance.objectNode().set("status_list", place(uris, reference));
    }

    /** Its member {@code status_list}. */
    public static ObjectNode place(StatusListUris uris, StatusReference reference) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("idx", reference.index())
                .put("uri", uris.of(reference.list()));
    }
}
