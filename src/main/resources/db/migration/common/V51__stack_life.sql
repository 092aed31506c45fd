-- Between commas: ,web,prod, or nothing.
alter table stack add column tags text default '' not null;

alter table stack add column delete_protected boolean default false not null;
