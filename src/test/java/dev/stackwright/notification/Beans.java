package dev.stackwright.notification;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Listeners as Spring would hand them over. */
final class Beans {

    private Beans() {}

    static ObjectProvider<NotificationListener> of(NotificationListener... listeners) {
        var beans = new StaticListableBeanFactory();
        for (var i = 0; i < listeners.length; i++) {
            beans.addBean("listener" + i, listeners[i]);
        }
        return beans.getBeanProvider(NotificationListener.class);
    }
}
