-- The stack behind a resource of another one; it has the id of that resource's row.
alter table stack add column parent uuid;
alter table stack add column parent_resource varchar(255);
-- The outermost stack around it.
alter table stack add column root uuid;

-- What is inside a stack?
create index stack_by_root on stack (root);

-- Sealed: what nobody wrote in the source of a stack behind a resource.
alter table stack_version add column inside text;

-- The type of a resource may be the address of a template.
alter table stack_resource alter column type set data type varchar(2000);
alter table stack_event alter column type set data type varchar(2000);
