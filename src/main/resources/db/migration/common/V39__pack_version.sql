-- Another number whenever a pack is written anew: who remembers what it comes to knows when to look.
alter table sample_hour_pack add column version bigint default 0 not null;
