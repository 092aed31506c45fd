-- What was signalled to a resource from outside; the same id again takes the place of what it said before.
create table stack_signal (
    resource    uuid         not null references stack_resource (id) on delete cascade,
    id          varchar(255) not null,
    -- Sealed: status, reason and data; servers hand on join tokens and passwords this way.
    content     text         not null,
    place       integer      not null,
    received_at timestamp(6) with time zone not null,
    primary key (resource, id)
);
