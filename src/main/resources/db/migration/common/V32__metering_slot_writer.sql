-- Who wrote last to the resources of a slot: a process that reads its own name there knows them as it left them.
alter table metering_slot add column writer uuid;
