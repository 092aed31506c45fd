-- Every table of figures is keyed by the project first: the same SQL then runs where a project's
-- rows all live on one shard. A cloud's own samples belong to the project ''.

-- What was metered once. Name and stack outlive the resource.
create table metered_resource (
    project_id  varchar(64)                 not null,
    cloud       varchar(255)                not null,
    resource_id varchar(255)                not null,
    kind        varchar(20),
    name        varchar(1024),
    name_at     timestamp(6) with time zone,
    user_id     varchar(64),
    stack_id    varchar(64),
    stack_name  varchar(1024),
    first_seen  timestamp(6) with time zone not null,
    last_seen   timestamp(6) with time zone not null,
    ended_at    timestamp(6) with time zone,
    primary key (project_id, cloud, resource_id)
);
-- Resources that are alive and have no stack yet are looked up among the stacks again and again.
create index metered_resource_by_age on metered_resource (cloud, first_seen);

-- The notification or the poll behind samples and facts.
create table metered_event (
    project_id varchar(64)                 not null,
    cloud      varchar(255)                not null,
    origin_id  uuid                        not null,
    message_id varchar(255)                not null,
    event_type varchar(255)                not null,
    ts         timestamp(6) with time zone not null,
    publisher  varchar(255),
    request_id varchar(255),
    user_id    varchar(64),
    detail     text,
    primary key (project_id, cloud, origin_id)
);

-- What an event or a poll said about the life of a resource, as it came.
create table metered_fact (
    project_id  varchar(64)                 not null,
    cloud       varchar(255)                not null,
    resource_id varchar(255)                not null,
    origin_id   uuid                        not null,
    what        varchar(10)                 not null,
    kind        varchar(20)                 not null,
    ts          timestamp(6) with time zone not null,
    owner_id    varchar(64),
    state       varchar(64),
    vcpus       numeric(38, 12),
    ram_mb      numeric(38, 12),
    disk_gb     numeric(38, 12),
    gb          numeric(38, 12),
    since_ts    timestamp(6) with time zone,
    name        varchar(1024),
    primary key (project_id, cloud, resource_id, origin_id, what)
);
-- A resource that was handed over has facts in two projects.
create index metered_fact_by_resource on metered_fact (cloud, resource_id);

-- Folded from the facts; written anew whenever one more arrives. Lasts until 9999 while it lasts.
create table metered_interval (
    project_id  varchar(64)                 not null,
    cloud       varchar(255)                not null,
    resource_id varchar(255)                not null,
    from_ts     timestamp(6) with time zone not null,
    to_ts       timestamp(6) with time zone not null,
    kind        varchar(20)                 not null,
    state       varchar(64)                 not null,
    vcpus       numeric(38, 12)             not null,
    ram_mb      numeric(38, 12)             not null,
    disk_gb     numeric(38, 12)             not null,
    gb          numeric(38, 12)             not null,
    estimated   boolean                     not null,
    primary key (project_id, cloud, resource_id, from_ts)
);
create index metered_interval_by_end on metered_interval (project_id, cloud, to_ts);
create index metered_interval_by_resource on metered_interval (cloud, resource_id);
-- What the reconciling poll compares with the API: all that is open in one cloud.
create index metered_interval_open on metered_interval (cloud, kind, to_ts);

-- One meter of one resource; the id is made of both, so nobody has to look it up to write.
create table metered_series (
    project_id  varchar(64)  not null,
    series_id   bigint       not null,
    cloud       varchar(255) not null,
    resource_id varchar(255) not null,
    meter       varchar(255) not null,
    type        varchar(10)  not null,
    unit        varchar(64)  not null,
    primary key (project_id, series_id)
);
create index metered_series_by_resource on metered_series (project_id, cloud, resource_id);
create index metered_series_by_meter on metered_series (project_id, cloud, meter);

-- Samples as they came. A sample is its series, its time and the message that brought it.
create table sample_hot (
    project_id varchar(64)                 not null,
    series_id  bigint                      not null,
    ts         timestamp(6) with time zone not null,
    origin_id  uuid                        not null,
    volume     numeric(38, 12)             not null,
    primary key (project_id, series_id, ts, origin_id)
);

-- One hour of one series, made anew from its samples whenever one of them changes.
create table sample_hour (
    project_id varchar(64)                 not null,
    series_id  bigint                      not null,
    hr         timestamp(6) with time zone not null,
    samples    bigint                      not null,
    total      numeric(38, 12)             not null,
    low        numeric(38, 12)             not null,
    high       numeric(38, 12)             not null,
    last_ts    timestamp(6) with time zone not null,
    last_value numeric(38, 12)             not null,
    increase   numeric(38, 12)             not null,
    resets     integer                     not null,
    primary key (project_id, series_id, hr)
);

-- Writers of one resource take turns: its slot is locked until they commit.
create table metering_slot (
    slot integer primary key
);

-- Who polls what, and when it was last done.
create table metering_poll (
    cloud     varchar(255)                not null,
    poll      varchar(64)                 not null,
    owner     varchar(64)                 not null,
    leased_to timestamp(6) with time zone not null,
    begun_at  timestamp(6) with time zone,
    done_at   timestamp(6) with time zone,
    trouble   varchar(1000),
    primary key (cloud, poll)
);
