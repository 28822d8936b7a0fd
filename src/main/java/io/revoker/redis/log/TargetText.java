package io.revoker.redis.log;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.redis.keys.Escape;
import java.util.Locale;

/** A target as the log and the marks spell it: {@code realm/corp}, {@code user/joe}, {@code user_in_realm/corp/joe}, {@code access/<id>}. */
final class TargetText {
    private static final String REALM = "realm/";
    private static final String USER = "user/";
    private static final String USER_IN_REALM = "user_in_realm/";

    private TargetText() {}

    static String of(Target target) {
        return target.match(
                one -> one.kind().name().toLowerCase(Locale.ROOT)
                        + '/'
                        + one.id().value(),
                realm -> REALM + Escape.escape(realm.realm().key()),
                user -> USER + Escape.escape(user.user().key()),
                user -> USER_IN_REALM
                        + Escape.escape(user.holder().realm().key())
                        + '/'
                        + Escape.escape(user.holder().user().key()));
    }

    static Target parse(String text) {
        String[] parts = text.split("/", -1);
        return switch (text.substring(0, text.indexOf('/') + 1)) {
            case REALM -> new Target.OfRealm(realm(parts[1]));
            case USER -> new Target.OfUser(user(parts[1]));
            case USER_IN_REALM -> new Target.OfUserInRealm(new UserInRealm(realm(parts[1]), user(parts[2])));
            default -> new Target.OneToken(TokenKind.valueOf(parts[0].toUpperCase(Locale.ROOT)), new TokenId(parts[1]));
        };
    }

    private static RealmId realm(String escaped) {
        return RealmId.stored(Escape.unescape(escaped));
    }

    private static UserName user(String escaped) {
        return UserName.stored(Escape.unescape(escaped));
    }
}
