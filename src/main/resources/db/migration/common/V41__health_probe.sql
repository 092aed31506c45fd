-- One row that is written to see whether the database takes something in.
create table health_probe (
    id         integer primary key,
    written_at timestamp(6) with time zone not null
);
