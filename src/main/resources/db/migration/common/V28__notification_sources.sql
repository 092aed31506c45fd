-- Whose message it was that could not be used, as far as it could be read.
alter table notification_poison add column publisher varchar(255);
alter table notification_poison add column event_type varchar(255);

-- Who speaks on the bus of a cloud: the service is the publisher without its host.
create table notification_source (
    cloud      varchar(255)                not null,
    exchange   varchar(255)                not null,
    service    varchar(255)                not null,
    first_seen timestamp(6) with time zone not null,
    last_seen  timestamp(6) with time zone not null,
    primary key (cloud, exchange, service)
);

-- The days on which it spoke, with the longest pause that ended on each.
create table notification_source_day (
    cloud                 varchar(255) not null,
    exchange              varchar(255) not null,
    service               varchar(255) not null,
    spoke_on              date         not null,
    longest_pause_seconds bigint       not null,
    primary key (cloud, exchange, service, spoke_on)
);
