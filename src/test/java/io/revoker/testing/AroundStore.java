package io.revoker.testing;

import io.revoker.domain.store.TokenStore;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** What a test makes of each call to a token store. */
@FunctionalInterface
public interface AroundStore {
    /**
     * Answers a call.
     *
     * @param method its name
     * @param real what the real store answers: it is called when this is asked for
     */
    Object call(String method, Supplier<Object> real);

    static TokenStore of(TokenStore real, AroundStore around) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(),
                new Class<?>[] {TokenStore.class},
                (proxy, method, arguments) -> around.call(method.getName(), () -> call(real, method, arguments)));
    }

    private static Object call(TokenStore real, Method method, Object[] arguments) {
        try {
            return method.invoke(real, arguments);
        } catch (ReflectiveOperationException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
        }
    }
}
