-- What is packed has nothing left to compress.
alter table sample_pack alter column data set storage external;
alter table sample_hour_pack alter column grown set storage external;
alter table sample_hour_pack alter column rest set storage external;
