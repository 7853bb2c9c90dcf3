-- The newest local day on which anybody of the store did something.
select max(local_date) as newest_day
from learner_day
where store = getvariable('store')
