-- What the doctor found: one row for as long as it lasts, kept when it is over.
create table verdict (
    id           varchar(36)                 not null primary key,
    cloud        varchar(255)                not null,
    subject_kind varchar(16)                 not null,
    subject_id   varchar(512)                not null,
    project_id   varchar(64),
    host         varchar(255),
    code         varchar(64)                 not null,
    since_at     timestamp(6) with time zone not null,
    found_at     timestamp(6) with time zone not null,
    seen_at      timestamp(6) with time zone not null,
    ended_at     timestamp(6) with time zone,
    body         varchar(100000)             not null
);

-- What is so now, of a whole cloud and of the rows of a list.
create index verdict_of_subject on verdict (cloud, subject_kind, subject_id, ended_at);
create index verdict_of_now on verdict (cloud, ended_at, found_at);

-- One replica examines a cloud; the time is the database's own.
create table doctor_lease (
    cloud       varchar(255)                not null primary key,
    owner       varchar(64)                 not null,
    until_at    timestamp(6) with time zone not null,
    examined_at timestamp(6) with time zone
);
