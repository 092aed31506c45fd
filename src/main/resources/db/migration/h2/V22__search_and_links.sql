-- When the cloud made it, to sort by; what does not say so has the epoch.
alter table cloud_object
    add column created_at timestamp(6) with time zone
    default timestamp with time zone '1970-01-01 00:00:00+00' not null;

create index cloud_object_by_created on cloud_object (cloud, kind, project_id, created_at, id);
create index cloud_object_by_status on cloud_object (cloud, kind, project_id, status, id);

-- What an object names of others: the server of a volume, the groups of a port. Asked from both ends.
create table object_link (
    cloud       varchar(255) not null,
    kind        varchar(32)  not null,
    id          varchar(512) not null,
    target_kind varchar(32)  not null,
    target_id   varchar(512) not null,
    primary key (cloud, kind, id, target_kind, target_id)
);

create index object_link_by_target on object_link (cloud, target_kind, target_id, kind, id);

-- What people type to find an object: words of its name, its id, addresses. A scope stands for those
-- who may see it, so that a search never reads what is somebody else's.
create table search_term (
    cloud varchar(255) not null,
    kind  varchar(32)  not null,
    id    varchar(512) not null,
    scope varchar(300) not null,
    term  varchar(64) not null,
    primary key (cloud, kind, id, scope, term)
);

create index search_term_by_term on search_term (cloud, kind, scope, term, id);
-- The scopes of a project: what others let it see.
create index cloud_access_by_project on cloud_access (cloud, project_id, kind, id);

-- Nothing counts as known any more: the next sweep reads all of it into the new tables.
update server set fingerprint = '';
update cloud_object set fingerprint = '';
