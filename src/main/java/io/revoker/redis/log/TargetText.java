package io.revoker.redis.log;

import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Mark;
import io.revoker.redis.keys.Escape;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The text of a target in the log and the ledger: {@code realm/corp}, {@code user/joe},
 * {@code user_in_realm/corp/joe}, {@code client/<id>/realm/corp}, {@code issued_before/<microseconds>/user/joe}, {@code
 * all/}, {@code access/<id>}, {@code jwt/<id>/<expiry in seconds>/corp}. With {@code /grant} at the end of a token the
 * other one of its pair is meant, too; an older version takes it for the token alone.
 */
final class TargetText {
    private static final String ALL = "all/";
    private static final String REALM = "realm/";
    private static final String USER = "user/";
    private static final String USER_IN_REALM = "user_in_realm/";
    private static final String ISSUED_BEFORE = "issued_before/";
    private static final String GRANT = "/grant";
    private static final String JWT = "jwt/";
    private static final int TOKEN_PARTS = 2;
    private static final int JWT_PARTS = 4;

    private TargetText() {}

    static String of(Target target) {
        if (target instanceof Target.IssuedBefore some) {
            return ISSUED_BEFORE + Mark.at(some.instant()) + '/' + of(some.base());
        }
        if (target instanceof Target.Selected some) {
            Selector selector = some.selector();
            return word(selector.by()) + '/' + Escape.escape(selector.value()) + '/' + of(some.base());
        }
        return target.match(
                one -> (one instanceof Target.OneJwt jwt ? ofJwt(jwt) : ofToken((Target.OneToken) one))
                        + (one.extent() == Extent.GRANT ? GRANT : ""),
                realm -> REALM + Escape.escape(realm.realm().key()),
                user -> USER + Escape.escape(user.user().key()),
                user -> USER_IN_REALM
                        + Escape.escape(user.holder().realm().key())
                        + '/'
                        + Escape.escape(user.holder().user().key()),
                all -> ALL);
    }

    private static String ofToken(Target.OneToken one) {
        return one.kind().name().toLowerCase(Locale.ROOT) + '/' + one.id().value();
    }

    private static String ofJwt(Target.OneJwt one) {
        return JWT
                + one.id().value()
                + '/'
                + one.expiresAt().getEpochSecond()
                + '/'
                + Escape.escape(one.realm().key());
    }

    static Target parse(String text) {
        if (text.startsWith(ISSUED_BEFORE)) {
            int end = text.indexOf('/', ISSUED_BEFORE.length());
            return new Target.IssuedBefore(
                    parse(text.substring(end + 1)), EnteredText.instant(text.substring(ISSUED_BEFORE.length(), end)));
        }
        String kind = text.substring(0, Math.max(0, text.indexOf('/')));
        return Stream.of(Selector.By.values())
                .filter(by -> word(by).equals(kind))
                .findFirst()
                .map(by -> selected(by, text.substring(kind.length() + 1)))
                .orElseGet(() -> parseWhole(text));
    }

    private static Target selected(Selector.By by, String text) {
        int end = text.indexOf('/');
        return new Target.Selected(
                parseWhole(text.substring(end + 1)), new Selector(by, Escape.unescape(text.substring(0, end))));
    }

    private static String word(Selector.By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static Target parseWhole(String text) {
        String[] parts = text.split("/", -1);
        return switch (text.substring(0, text.indexOf('/') + 1)) {
            case ALL -> new Target.OfAll();
            case REALM -> new Target.OfRealm(realm(parts[1]));
            case USER -> new Target.OfUser(user(parts[1]));
            case USER_IN_REALM -> new Target.OfUserInRealm(new UserInRealm(realm(parts[1]), user(parts[2])));
            case JWT -> jwt(parts, extent(parts, JWT_PARTS));
            default -> token(parts, extent(parts, TOKEN_PARTS));
        };
    }

    private static Extent extent(String[] parts, int usual) {
        return parts.length > usual ? Extent.GRANT : Extent.TOKEN;
    }

    private static Target jwt(String[] parts, Extent extent) {
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[2]));
        return new Target.OneJwt(realm(parts[3]), new TokenId(parts[1]), expiry, extent);
    }

    private static Target token(String[] parts, Extent extent) {
        return new Target.OneToken(TokenKind.valueOf(parts[0].toUpperCase(Locale.ROOT)), new TokenId(parts[1]), extent);
    }

    private static RealmId realm(String escaped) {
        return RealmId.stored(Escape.unescape(escaped));
    }

    private static UserName user(String escaped) {
        return UserName.stored(Escape.unescape(escaped));
    }
}
