-- One row per level of a level scheme, as last recorded. What a school calls the level comes from the LRS's directory.
-- grain: store, level_scheme, level
-- reads: level_scheme_record
-- column store: the controller's store
-- column level_scheme: id of the scheme
-- column level: 1 is the lowest
-- column shown_as: its place in the order in which a school shows the levels
-- column levels: number of levels of the scheme
with latest as (
    select store, level_scheme, arg_max(levels, position) as levels
    from level_scheme_record
    group by store, level_scheme
)

select
    store,
    level_scheme,
    level.level as level,
    level."order" as shown_as,
    cast(levels as integer) as levels
from (
    select store, level_scheme, unnest(levels) as level, len(levels) as levels
    from latest
) as each_level
