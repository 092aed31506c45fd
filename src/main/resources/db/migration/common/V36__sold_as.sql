-- What a resource is sold as: the name of its flavor or volume type at that time.
alter table metered_fact add column sold_as varchar(255);
alter table metered_interval add column sold_as varchar(255);
