package io.revoker.faults;

/** What a revocation names. */
sealed interface Target {

    boolean covers(Issued token);

    /** As the Invalidate Token API has it. */
    String json();

    record One(Issued token) implements Target {
        @Override
        public boolean covers(Issued other) {
            return other.text().equals(token.text());
        }

        @Override
        public String json() {
            String field = token.kind() == Issued.Kind.ACCESS ? "token" : "refresh_token";
            return "{\"" + field + "\":\"" + token.text() + "\"}";
        }
    }

    record Realm(String realm) implements Target {
        @Override
        public boolean covers(Issued token) {
            return token.realm().equals(realm);
        }

        @Override
        public String json() {
            return "{\"realm_name\":\"" + realm + "\"}";
        }
    }

    record User(String user) implements Target {
        @Override
        public boolean covers(Issued token) {
            return token.user().equals(user);
        }

        @Override
        public String json() {
            return "{\"username\":\"" + user + "\"}";
        }
    }

    record UserInRealm(String realm, String user) implements Target {
        @Override
        public boolean covers(Issued token) {
            return token.realm().equals(realm) && token.user().equals(user);
        }

        @Override
        public String json() {
            return "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\"}";
        }
    }
}
