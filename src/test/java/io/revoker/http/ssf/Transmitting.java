package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A service that delivers events, and who gets them. */
record Transmitting(RunningService service) {
    /** Of all realms. */
    static final String FOLLOWER = "follower";

    static final String ANOTHER = "another-follower";
    /** Of the realm corp. */
    static final String CORP_FOLLOWER = "corp-follower";

    /** The same of one Redis and one prefix, for several instances. */
    static String[] options(Path directory, String... more) {
        try {
            Path clients = Files.writeString(
                    directory.resolve("clients.yaml"),
                    ClientFiles.text() + ClientFiles.another(FOLLOWER, "[feed]")
                            + ClientFiles.another(ANOTHER, "[feed]")
                            + ClientFiles.another(CORP_FOLLOWER, "[feed]") + "    realms: [corp]\n");
            return with(
                    Stream.of(
                                    "--redis.prefix=" + Api.fresh("ssf"),
                                    "--oauth.issuer=" + Receiver.ISSUER,
                                    "--signing.file=" + SigningFile.in(directory),
                                    "--clients.file=" + clients,
                                    "--ssf.enabled=true")
                            .toArray(String[]::new),
                    more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With others, which replace those of the same name. */
    static String[] with(String[] options, String... more) {
        List<String> names = Stream.of(more)
                .map(option -> option.substring(0, option.indexOf('=') + 1))
                .toList();
        return Stream.concat(
                        Stream.of(options).filter(option -> names.stream().noneMatch(option::startsWith)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    Receiver receiver() {
        return new Receiver(service, FOLLOWER);
    }

    Receiver ofCorp() {
        return new Receiver(service, CORP_FOLLOWER);
    }

    /** A client may have ten. */
    void removeStreams() {
        Stream.of(FOLLOWER, ANOTHER, CORP_FOLLOWER)
                .map(client -> new Receiver(service, client))
                .forEach(Receiver::removeStreams);
    }

    /** Revokes a user, who is returned. */
    String revoke(String realm) {
        return revoke(realm, Api.fresh("joe"));
    }

    String revoke(String realm, String user) {
        revokeBy("{'target':{'realm_name':'" + realm + "','username':'" + user + "'}}");
        return user;
    }

    /** Revokes some users of corp. */
    List<String> revokeSome(int count) {
        return IntStream.range(0, count).mapToObj(i -> revoke("corp")).toList();
    }

    /** By a document. */
    void revokeBy(String body) {
        Reply reply = new Receiver(service, ClientFiles.ROOT).send("POST", "/v1/revocations", body);
        assertThat(reply.status()).as(reply.body()).isIn(200, 404);
    }
}
