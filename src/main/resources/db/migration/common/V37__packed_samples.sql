-- What has come to rest: the samples of a day of one series in one row, and the hours that one meter
-- has of one day in all resources of a project. What came since lies in sample_hot and sample_hour;
-- who reads puts both together, and what came later wins.
create table sample_pack (
    project_id varchar(64) not null,
    series_id  bigint      not null,
    day_no     integer     not null,
    samples    integer     not null,
    data       bytea       not null,
    primary key (project_id, series_id, day_no)
);

-- Of many resources there are several parts.
create table sample_hour_pack (
    project_id varchar(64)  not null,
    cloud      varchar(255) not null,
    meter      varchar(255) not null,
    day_no     integer      not null,
    part       integer      not null,
    grown      bytea        not null,
    rest       bytea        not null,
    primary key (project_id, cloud, meter, day_no, part)
);
-- What all projects used of a meter.
create index sample_hour_pack_by_day on sample_hour_pack (cloud, day_no);

-- Up to which day, without it, samples of a project may be packed. Who packs has the row locked.
create table metered_packed (
    project_id varchar(64) not null,
    to_day     integer     not null,
    primary key (project_id)
);
