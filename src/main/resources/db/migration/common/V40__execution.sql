-- A running execution has one owner, by a lease in database time; every write of the owner carries its fence.
create table execution (
    id               uuid primary key,
    kind             varchar(40)  not null,
    subject          varchar(100) not null,
    state            varchar(20)  not null,
    cancel_requested boolean      not null,
    created_at       timestamp(6) with time zone not null,
    deadline         timestamp(6) with time zone,
    finished_at      timestamp(6) with time zone,
    failed_step      varchar(400),
    failure          text,
    owner            varchar(100),
    lease_until      timestamp(6) with time zone,
    fence            bigint not null,
    revision         bigint not null
);

-- Workers look for what nobody owns.
create index execution_by_state on execution (state, lease_until);

create table step (
    execution   uuid         not null references execution (id) on delete cascade,
    name        varchar(400) not null,
    place       integer      not null,
    handler     varchar(100) not null,
    payload     text         not null,
    runs_after  text         not null,
    always_runs boolean      not null,
    state       varchar(20)  not null,
    attempt     integer      not null,
    kept        text         not null,
    result      text,
    note        text,
    failure     text,
    started_at  timestamp(6) with time zone,
    finished_at timestamp(6) with time zone,
    primary key (execution, name)
);

-- What was about to be changed in the world, and what came of it.
create table journal (
    execution   uuid         not null references execution (id) on delete cascade,
    number      bigint       not null,
    step        varchar(400) not null,
    entry       varchar(20)  not null,
    change_name varchar(200) not null,
    detail      text         not null,
    written_at  timestamp(6) with time zone not null,
    primary key (execution, number)
);
