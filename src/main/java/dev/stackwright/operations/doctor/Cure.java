package dev.stackwright.operations.doctor;

import java.util.Locale;

/** Something to do about it: words in the message files, and what it leads to. */
public enum Cure {
    WAIT(Who.OWNER, Leads.NOWHERE),
    BUILD_AGAIN(Who.OWNER, Leads.DELETE),
    CHOOSE_SMALLER(Who.OWNER, Leads.LAUNCH),
    CHOOSE_LARGER_DISK(Who.OWNER, Leads.LAUNCH),
    FREE_QUOTA(Who.OWNER, Leads.INSTANCES),
    START(Who.OWNER, Leads.START),
    RESET_AND_DELETE(Who.OPERATOR, Leads.RESET),
    START_SERVICE(Who.OPERATOR, Leads.SERVICES),
    START_BUS(Who.OPERATOR, Leads.NOWHERE),
    CHECK_OWN_BUS_ADDRESS(Who.OPERATOR, Leads.SETUP),
    START_AGENT(Who.OPERATOR, Leads.AGENTS),
    START_API(Who.OPERATOR, Leads.SETUP),
    CHECK_HOST(Who.OPERATOR, Leads.HOSTS),
    ENABLE_HOST(Who.OPERATOR, Leads.SERVICES),
    ADD_ROOM(Who.OPERATOR, Leads.HOSTS),
    FIX_AGGREGATE(Who.OPERATOR, Leads.HOSTS),
    FREE_GROUP(Who.OWNER, Leads.GROUPS),
    RAISE_QUOTA(Who.OPERATOR, Leads.NOWHERE),
    FREE_POOL(Who.OPERATOR, Leads.VOLUME_SERVICES),
    FIX_ACCOUNT(Who.OPERATOR, Leads.SETUP),
    FIX_DATABASE(Who.OPERATOR, Leads.NOWHERE),
    SET_CLOCK(Who.OPERATOR, Leads.NOWHERE),
    RENEW_CERTIFICATE(Who.OPERATOR, Leads.NOWHERE),
    START_ALL(Who.OPERATOR, Leads.HOST_INSTANCES),
    REBIND_PORT(Who.OPERATOR, Leads.AGENTS),
    HAND_ON(Who.OWNER, Leads.EVIDENCE);

    /** Who can do it. */
    public enum Who {
        OWNER,
        OPERATOR
    }

    /** The page where it is done. */
    public enum Leads {
        NOWHERE,
        DELETE,
        RESET,
        START,
        LAUNCH,
        INSTANCES,
        HOST_INSTANCES,
        GROUPS,
        SERVICES,
        AGENTS,
        VOLUME_SERVICES,
        HOSTS,
        SETUP,
        EVIDENCE
    }

    private final Who who;
    private final Leads leads;

    Cure(Who who, Leads leads) {
        this.who = who;
        this.leads = leads;
    }

    public Who who() {
        return who;
    }

    public Leads leads() {
        return leads;
    }

    /** Its name in the message files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
