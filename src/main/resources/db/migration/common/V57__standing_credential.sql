-- The stack that a credential stands for, as long as something in it acts when nobody is signed in.
alter table credential add column stack uuid;

create index credential_by_stack on credential (stack);

-- How long a group rests after it was scaled, when a policy says otherwise than the group.
alter table stack_resource add column cooldown_seconds bigint;
