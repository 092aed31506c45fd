-- What only a server's own page shows lies apart, so that the rows of the list are small.
create table server_facts (
    cloud   varchar(255)     not null,
    id      varchar(64)      not null,
    facts   varchar(1000000) not null,
    actions varchar(1000000),
    primary key (cloud, id)
);

insert into server_facts (cloud, id, facts, actions) select cloud, id, facts, actions from server;

alter table server drop column facts;
alter table server drop column actions;

-- Within a status by name or by age, so that a list of one status is walked in either order.
drop index server_by_status;
drop index server_of_all_by_status;
create index server_by_status_and_name on server (cloud, project_id, status, name_sort, id);
create index server_by_status_and_created on server (cloud, project_id, status, created_at, id);
create index server_of_all_by_status on server (cloud, status, name_sort, id);
