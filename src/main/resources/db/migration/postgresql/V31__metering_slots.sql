insert into metering_slot select generate_series(0, 1023);
