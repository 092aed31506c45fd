package dev.stackwright.database;

import com.zaxxer.hikari.HikariConfig;
import dev.stackwright.database.store.DeadConnections;

/** How a pool of connections has to be so that a database may go away and come back. */
public final class Pool {

    private Pool() {}

    /** Adds what no address has to say; what an address says stays. */
    public static void prepare(HikariConfig pool) {
        // Asked by isValid, a connection to a database that H2 has closed says that all is well.
        pool.setConnectionTestQuery("select 1");
        pool.setExceptionOverrideClassName(DeadConnections.class.getName());
        var address = String.valueOf(pool.getJdbcUrl());
        if (address.startsWith("jdbc:postgresql:")) {
            // A server that vanished without a word would be waited for, for a quarter of an hour.
            property(pool, address, "connectTimeout", "5");
            property(pool, address, "socketTimeout", "120");
            property(pool, address, "tcpKeepAlive", "true");
        }
    }

    private static void property(HikariConfig pool, String address, String name, String value) {
        if (!address.contains(name + "=") && !pool.getDataSourceProperties().containsKey(name)) {
            pool.addDataSourceProperty(name, value);
        }
    }
}
