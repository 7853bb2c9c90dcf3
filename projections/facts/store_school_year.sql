-- One row per school year in which a store has a statement: the years that its calendar must know. A
-- timestamp from the future (more than a day after it was stored) opens no year.
-- grain: store, first_year
-- reads: logged_statement
-- column store: the controller's store
-- column first_year: the calendar year in which the school year starts (2025 for 2025-2026)
select distinct
    store,
    -- eight months earlier it is the calendar year in which the school year starts
    cast(year(local_date - interval 8 months) as integer) as first_year
from logged_statement
where not out_of_window
