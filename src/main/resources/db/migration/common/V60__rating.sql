-- The versions of a cloud's price book. A draft has no beginning yet; what is published is never
-- changed again.
create table price_version (
    cloud      varchar(255)                not null,
    number     integer                     not null,
    currency   varchar(3)                  not null,
    valid_from timestamp(6) with time zone,
    note       varchar(1000)               not null,
    rules      text                        not null,
    revision   bigint                      not null,
    changed_by varchar(255)                not null,
    changed_at timestamp(6) with time zone not null,
    primary key (cloud, number)
);

-- What a project means to spend in a month.
create table budget (
    project_id varchar(64)                 not null,
    cloud      varchar(255)                not null,
    amount     numeric(38, 12)             not null,
    currency   varchar(3)                  not null,
    set_by     varchar(255)                not null,
    set_at     timestamp(6) with time zone not null,
    primary key (project_id, cloud)
);

-- The statement of a month once the month is closed: never changed again.
create table statement (
    project_id varchar(64)                 not null,
    cloud      varchar(255)                not null,
    billed     varchar(7)                  not null,
    currency   varchar(3)                  not null,
    total      numeric(38, 12)             not null,
    closed_by  varchar(255)                not null,
    closed_at  timestamp(6) with time zone not null,
    primary key (project_id, cloud, billed)
);

-- A line of a statement; one about an earlier month corrects the statement of that month.
create table statement_line (
    project_id varchar(64)     not null,
    cloud      varchar(255)    not null,
    billed     varchar(7)      not null,
    position   integer         not null,
    about      varchar(7)      not null,
    resource_id varchar(255)   not null,
    name       varchar(1024)   not null,
    stack_name varchar(1024)   not null,
    measure    varchar(64)     not null,
    quantity   numeric(38, 12) not null,
    amount     numeric(38, 12) not null,
    primary key (project_id, cloud, billed, position)
);
