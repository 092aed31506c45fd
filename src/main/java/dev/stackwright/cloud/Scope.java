package dev.stackwright.cloud;

import dev.stackwright.kernel.ProjectId;

/** For what a token is asked. */
public sealed interface Scope {

    /**
     * Nothing yet: good for asking which projects there are. Also what application credentials
     * want.
     */
    Scope UNSCOPED = new Unscoped();

    record Unscoped() implements Scope {}

    record Project(ProjectId id) implements Scope {}

    record ProjectNamed(String name, Credentials.Domain domain) implements Scope {}

    record WholeDomain(Credentials.Domain domain) implements Scope {}

    /** The whole system, where the cloud knows that. */
    record WholeSystem() implements Scope {}

    /** A trust: the trustee acts as, or for, the one who gave it. */
    record Trust(String id) implements Scope {}

    static Scope project(ProjectId id) {
        return new Project(id);
    }

    static Scope projectNamed(String name, Credentials.Domain domain) {
        return new ProjectNamed(name, domain);
    }

    static Scope trust(String id) {
        return new Trust(id);
    }
}
