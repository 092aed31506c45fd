-- Who did what to what, and what came of it. Rows are only ever added.
create table audit_record (
    id uuid not null primary key,
    at timestamp(6) with time zone not null,
    cloud varchar(255) not null,
    -- null for what concerns no project, such as a sign-in
    project_id varchar(255),
    user_id varchar(255) not null,
    user_name varchar(255) not null,
    action varchar(100) not null,
    object_kind varchar(100) not null,
    object_id varchar(255) not null,
    object_name varchar(255) not null,
    outcome varchar(20) not null,
    plan_id uuid,
    detail varchar(2000) not null,
    request_id varchar(40) not null
);

-- the list of a project, newest first
create index audit_record_project on audit_record (cloud, project_id, at, id);
-- what happened to one thing
create index audit_record_object on audit_record (cloud, object_id, at);
