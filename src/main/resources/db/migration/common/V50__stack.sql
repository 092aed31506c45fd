create table stack (
    id              uuid primary key,
    cloud           varchar(100) not null,
    project         varchar(100) not null,
    name            varchar(255) not null,
    -- The name again while the stack lives: no two living stacks of a project share one.
    live_name       varchar(255),
    description     text         not null,
    action          varchar(20)  not null,
    progress        varchar(20)  not null,
    reason          text         not null,
    first_cause     varchar(255),
    version         integer      not null,
    revision        bigint       not null,
    timeout_seconds bigint       not null,
    created_by      varchar(100) not null,
    created_by_name varchar(255) not null,
    created_at      timestamp(6) with time zone not null,
    updated_at      timestamp(6) with time zone,
    deleted_at      timestamp(6) with time zone,
    execution       uuid,
    stored_plan     uuid,
    started_at      timestamp(6) with time zone,
    last_event      bigint       not null,
    constraint stack_name_is_free unique (cloud, project, live_name)
);

create table stack_version (
    stack             uuid    not null references stack (id) on delete cascade,
    number            integer not null,
    template          text    not null,
    -- Sealed: it may hold values of hidden parameters.
    environment       text    not null,
    files             text    not null,
    parameters        text    not null,
    hidden_parameters text    not null,
    made_by           varchar(255) not null,
    made_at           timestamp(6) with time zone not null,
    primary key (stack, number)
);

create table stack_resource (
    id              uuid primary key,
    stack           uuid         not null references stack (id) on delete cascade,
    name            varchar(255) not null,
    type            varchar(255) not null,
    place           integer      not null,
    -- current; next: to replace the current one; old: replaced, still to be deleted; gone.
    standing        varchar(10)  not null,
    physical_id     varchar(255),
    physical_name   varchar(255),
    action          varchar(20)  not null,
    progress        varchar(20)  not null,
    begun           boolean      not null,
    reason          text         not null,
    note            text         not null,
    depends_on      text         not null,
    deletion_policy varchar(20)  not null,
    -- Sealed: properties as last applied, reference and attributes.
    applied         text,
    started_at      timestamp(6) with time zone,
    updated_at      timestamp(6) with time zone
);

create index stack_resource_by_stack on stack_resource (stack, standing);

-- Whose is this server?
create index stack_resource_by_physical_id on stack_resource (physical_id);

create table stack_event (
    stack       uuid         not null references stack (id) on delete cascade,
    number      bigint       not null,
    happened_at timestamp(6) with time zone not null,
    resource    varchar(255),
    type        varchar(255),
    physical_id varchar(255),
    action      varchar(20)  not null,
    progress    varchar(20)  not null,
    reason      text         not null,
    primary key (stack, number)
);

create table stored_plan (
    id                uuid primary key,
    number            bigint       not null,
    cloud             varchar(100) not null,
    project           varchar(100) not null,
    stack             uuid         not null,
    stack_name        varchar(255) not null,
    action            varchar(20)  not null,
    base_version      integer      not null,
    base_revision     bigint       not null,
    plan              text         not null,
    template          text         not null,
    environment       text         not null,
    files             text         not null,
    parameters        text         not null,
    hidden_parameters text         not null,
    timeout_seconds   bigint       not null,
    made_by           varchar(255) not null,
    made_at           timestamp(6) with time zone not null,
    execution         uuid,
    applied_by        varchar(255),
    applied_at        timestamp(6) with time zone
);

create index stored_plan_by_project on stored_plan (cloud, project, number);

-- With what a running execution acts: made at launch, gone when the execution is over.
create table credential (
    id       uuid primary key,
    cloud    varchar(100) not null,
    owner_id varchar(100) not null,
    name     varchar(255) not null,
    sealed   text,
    made_at  timestamp(6) with time zone not null
);
