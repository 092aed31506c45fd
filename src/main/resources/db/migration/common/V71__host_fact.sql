-- What the cloud says of its hosts, read every minute for pages and plans: one row for a host,
-- with what placement gives away of it, and one for each flavor that asks for something special.
create table host_fact (
    cloud   varchar(255)                not null,
    kind    varchar(16)                 not null,
    id      varchar(255)                not null,
    body    varchar(20000)              not null,
    read_at timestamp(6) with time zone not null,
    primary key (cloud, kind, id)
);
