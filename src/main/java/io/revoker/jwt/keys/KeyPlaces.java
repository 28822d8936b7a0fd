package io.revoker.jwt.keys;

import io.revoker.caller.DocumentFields;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.config.values.ConfigText;
import io.revoker.net.HostAddresses;
import io.revoker.net.HttpTarget;
import io.revoker.net.HttpTarget.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads where the keys of a realm are. */
public final class KeyPlaces {
    private static final String JWKS = "jwks";
    private static final String EXPECTED = "https://host[:port]/path, or the path of a file";

    private final DocumentFields fields;
    private final Problems problems;

    public KeyPlaces(DocumentFields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    public Optional<KeyPlace> read() {
        Optional<Path> authorities = fields.textIfAny("ca").flatMap(text -> path("ca", text, "a PEM file"));
        Rule reach = fields.flagIfAny("allow-private-addresses") ? Rule.ALL_ADDRESSES : Rule.PUBLIC_ADDRESSES;
        boolean clear = fields.flagIfAny("allow-http");
        Optional<String> place = fields.text(JWKS);
        if (place.isPresent() && !place.get().contains("://")) {
            return path(JWKS, place.get(), EXPECTED).map(KeyPlace.File::new);
        }
        return place.flatMap(this::url)
                .filter(url -> isSafe(url, clear))
                .filter(url -> isReached(url, reach))
                .map(url -> new KeyPlace.Web(url, reach, authorities));
    }

    private Optional<URI> url(String text) {
        Optional<URI> url = parsed(text).filter(complete -> new HttpTarget(complete).isComplete());
        if (url.isEmpty()) {
            note(text, EXPECTED);
        }
        return url;
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Who can change the answer on its way can sign every token. */
    private boolean isSafe(URI url, boolean clear) {
        boolean safe = "https".equals(url.getScheme()) || clear || HostAddresses.isLoopback(url.getHost());
        if (!safe) {
            note(url.toString(), "https, or allow-http: true");
        }
        return safe;
    }

    /** What a name resolves to is only known when it is connected to. */
    private boolean isReached(URI url, Rule reach) {
        boolean reached = reach == Rule.ALL_ADDRESSES || !HostAddresses.isInside(url.getHost());
        if (!reached) {
            note(url.toString(), "a public address, or allow-private-addresses: true");
        }
        return reached;
    }

    private Optional<Path> path(String key, String text, String expected) {
        try {
            if (!text.isEmpty()) {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            // Is noted below.
        }
        problems.add(fields.place(key), ConfigText.quote(text) + " (expected: " + expected + ")");
        return Optional.empty();
    }

    private void note(String value, String expected) {
        problems.add(fields.place(JWKS), ConfigText.quote(value) + " (expected: " + expected + ")");
    }
}
