-- Where a run waits for a person: once cleared, it goes on.
create table stack_hook (
    execution     uuid         not null,
    resource      uuid         not null references stack_resource (id) on delete cascade,
    hook          varchar(20)  not null,
    waiting_since timestamp(6) with time zone not null,
    cleared_at    timestamp(6) with time zone,
    cleared_by    varchar(255),
    primary key (execution, resource, hook)
);

-- What is waiting in this stack?
create index stack_hook_by_resource on stack_hook (resource);

-- Where the stack goes back to once the run that was cancelled has come to its end: the version, the plan that will
-- take it there, and who wants that.
alter table stack add column rollback_version integer;
alter table stack add column rollback_plan uuid;
alter table stack add column rollback_by varchar(255);
