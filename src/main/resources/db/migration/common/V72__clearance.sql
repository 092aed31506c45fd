-- A host that is being emptied, by moving what is on it or by building it anew elsewhere.
create table clearance (
    id         varchar(36)                 not null primary key,
    cloud      varchar(255)                not null,
    host_id    varchar(255)                not null,
    host       varchar(255)                not null,
    kind       varchar(16)                 not null,
    state      varchar(16)                 not null,
    reason     varchar(255)                not null,
    fencing    varchar(500),
    user_id    varchar(255)                not null,
    user_name  varchar(255)                not null,
    parallel   integer                     not null,
    paused     boolean                     not null,
    stopping   boolean                     not null,
    note       varchar(2000),
    created_at timestamp(6) with time zone not null,
    empty_at   timestamp(6) with time zone,
    ended_at   timestamp(6) with time zone
);

create index clearance_of_host on clearance (cloud, host_id, created_at);

-- One instance of it, on its way out or on its way back.
create table clearance_move (
    clearance varchar(36)  not null references clearance (id),
    phase     varchar(8)   not null,
    server    varchar(64)  not null,
    ordinal   integer      not null,
    name      varchar(255) not null,
    project   varchar(64)  not null,
    way       varchar(16)  not null,
    origin    varchar(255) not null,
    target    varchar(255),
    was       varchar(32)  not null,
    state     varchar(16)  not null,
    wish      varchar(16),
    execution varchar(36)  not null,
    at_host   varchar(255),
    note      varchar(1000),
    begun_at  timestamp(6) with time zone,
    ended_at  timestamp(6) with time zone,
    primary key (clearance, phase, server)
);
