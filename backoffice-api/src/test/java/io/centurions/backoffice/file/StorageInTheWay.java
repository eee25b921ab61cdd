package io.centurions.backoffice.file;

import io.centurions.platform.storage.Storage;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusMock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes one act of the storage fail until the test ends; all others go on as they are. */
public final class StorageInTheWay {

    private static Storage real;

    private StorageInTheWay() {}

    /** @param act name of the method that throws the failure instead of doing anything */
    public static void of(Storage storage, String act, RuntimeException failure) {
        real = ClientProxy.unwrap(storage);
        Storage failing = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(act)) {
                        throw failure;
                    }
                    return onto(method, arguments);
                });
        QuarkusMock.installMockForType(failing, Storage.class);
    }

    /** It does all that it is asked again. */
    public static void noMore() {
        QuarkusMock.installMockForType(real, Storage.class);
    }

    private static Object onto(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
