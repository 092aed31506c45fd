-- What somebody is still writing: one draft for each person, project and stack.
create table stack_draft (
    cloud        varchar(100) not null,
    project      varchar(100) not null,
    person       varchar(100) not null,
    -- The id of the stack that it would change, or 'new'.
    target       varchar(40)  not null,
    -- Sealed: name, texts and values, but never those of hidden parameters.
    content      text         not null,
    base_version integer      not null,
    saved_at     timestamp(6) with time zone not null,
    primary key (cloud, project, person, target)
);
