-- Who is signed in. Tokens are sealed by the vault; the key is not in this database.
create table sign_in (
    id uuid not null primary key,
    cloud varchar(255) not null,
    user_id varchar(255) not null,
    user_name varchar(255) not null,
    domain_name varchar(255) not null,
    token text not null,
    signed_in_at timestamp(6) with time zone not null,
    ends_at timestamp(6) with time zone not null,
    -- last request of the person; what a page asks by itself does not count
    seen_at timestamp(6) with time zone not null,
    -- when Keystone last said that the roles are so
    checked_at timestamp(6) with time zone not null,
    -- when somebody is to ask again; moved on by whoever takes the check
    check_at timestamp(6) with time zone not null
);

create index sign_in_check on sign_in (check_at);

create table sign_in_project (
    sign_in uuid not null references sign_in (id) on delete cascade,
    project_id varchar(255) not null,
    project_name varchar(255) not null,
    -- one a line; empty until the project is entered
    roles varchar(4000) not null,
    token text,
    primary key (sign_in, project_id)
);
