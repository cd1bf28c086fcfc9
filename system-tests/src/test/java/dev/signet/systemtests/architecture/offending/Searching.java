package dev.signet.systemtests.architecture.offending;

import java.lang.reflect.Method;
import java.util.ServiceLoader;

/** Finds code at run time, and keeps something for each thread. */
public final class Searching {
    private final ThreadLocal<String> perThread = ThreadLocal.withInitial(() -> "");

    public Class<?> byName() throws ClassNotFoundException {
        return Class.forName("java.lang.String");
    }

    public ServiceLoader<Runnable> services() {
        return ServiceLoader.load(Runnable.class);
    }

    public Object call(Method method) throws ReflectiveOperationException {
        return method.invoke(perThread.get());
    }
}
