package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Jwts;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hashes of the client are those of the service. */
class HashesTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void ofTokens() {
        String jwt = Jwts.of("\"sub\":\"joe\"");
        RealmId realm = new RealmId("corp");

        assertThat(Hashes.registered(Hashes.identity("opaque")))
                .isEqualTo(TokenId.of("opaque").firstBits());
        assertThat(Hashes.registered(Hashes.identity(jwt)))
                .isEqualTo(TokenId.of(jwt).firstBits());
        assertThat(Hashes.registered(Hashes.identity("a.b.c")))
                .isEqualTo(TokenId.of("a.b.c").firstBits());
        assertThat(Hashes.isJwt(jwt)).isTrue();
        assertThat(Hashes.isJwt("a.b.c")).isFalse();
        assertThat(Hashes.jwt("corp", Hashes.identity(jwt)))
                .isEqualTo(TokenId.of(jwt).inRealm(realm).firstBits());
        assertThat(Hashes.jti("corp", "id-1"))
                .isEqualTo(TokenId.ofJti(realm, "id-1").inRealm(realm).firstBits());
    }

    @Test
    void ofMarks() {
        RealmId realm = new RealmId("corp");
        UserInRealm joe = new UserInRealm(realm, new UserName("joe"));

        assertThat(Hashes.ALL).isEqualTo(MarkId.ALL);
        assertThat(Hashes.ofRealm("corp")).isEqualTo(MarkId.ofRealm(realm));
        assertThat(Hashes.ofUser("joe")).isEqualTo(MarkId.ofUser(joe.user()));
        assertThat(Hashes.ofHolder("corp", "joe")).isEqualTo(MarkId.ofHolder(joe));
        for (Hashes.Property property : Hashes.Property.values()) {
            Selector selector = new Selector(Selector.By.valueOf(property.name()), "value");
            long ofRealm = MarkId.ofSelected(realm, selector);
            assertThat(Hashes.ofSelected("corp", property, "value")).isEqualTo(ofRealm);
            assertThat(Hashes.ofSelected("corp", "joe", property, "value")).isEqualTo(MarkId.ofSelected(joe, selector));
            assertThat(Hashes.isOfSelection(ofRealm)).isTrue();
            assertThat(Hashes.selectedIssuedBefore(ofRealm)).isEqualTo(MarkId.ofSelectedIssuedBefore(ofRealm));
        }
        long before = MarkId.ofIssuedBefore(MarkId.ALL);
        assertThat(Hashes.issuedBefore(Hashes.ALL)).isEqualTo(before);
    }

    @Test
    void tellTheKindOfAMark() {
        for (int i = 0; i < 200_000; i++) {
            long bits = random.nextBoolean() ? random.nextLong() : 0x5E00 + random.nextInt(64);
            long other = random.nextBoolean() ? bits : (bits & ~0x1FFFL) | (0x0B3E + random.nextInt(6));
            assertThat(Hashes.isOfSelection(bits))
                    .isEqualTo(MarkId.selecting(bits).isPresent());
            assertThat(Hashes.isOfIssuedBefore(other))
                    .isEqualTo(MarkId.isOfIssuedBefore(other) || MarkId.isOfSelectedIssuedBefore(other));
        }
    }

    /** Every character, and some of them together. */
    @Test
    void ofNamesInAnySpelling() {
        for (int character = 1; character <= Character.MAX_CODE_POINT; character++) {
            compare("a" + Character.toString(character) + "b");
        }
        int[] some = {' ', 'a', 0xc4, 0x308, 0x200d, 0xfe0f, 0xff21, 0xffe3, 0x3000, 0x1100, 0x1161, 0xd800};
        for (int i = 0; i < 50_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(1 + random.nextInt(6), 0, some.length).forEach(at -> name.appendCodePoint(some[at]));
            compare(name.toString());
        }
    }

    private void compare(String name) {
        assertThat(CanonicalName.of(name))
                .as("%s, seed %s", name.codePoints().boxed().toList(), seed)
                .isEqualTo(ofTheService(name));
    }

    private static Optional<String> ofTheService(String name) {
        try {
            return Optional.of(new RealmId(name).key());
        } catch (Problem refused) {
            return Optional.empty();
        }
    }
}
