-- Of which position and moment what is published is.
select
    position,
    stored,
    published_at
from meta
where store = getvariable('store')
