-- How many wrong passwords an account or an address has sent lately, over all replicas. Whose they are is hashed.
create table wrong_password (
    who      char(64) primary key,
    attempts integer  not null,
    since    timestamp(6) with time zone not null
);

-- What is past its time is forgotten.
create index wrong_password_by_age on wrong_password (since);
