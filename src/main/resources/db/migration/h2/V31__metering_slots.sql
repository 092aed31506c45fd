insert into metering_slot select x from system_range(0, 1023);
