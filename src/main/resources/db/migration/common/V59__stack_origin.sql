-- Where a stack was taken over from: the stack of Heat that must let go of it, until it has.
create table stack_origin (
    stack      uuid         not null primary key,
    heat_name  varchar(255) not null,
    heat_id    varchar(64)  not null,
    let_go_at  timestamp(6) with time zone
);
