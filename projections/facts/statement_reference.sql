-- One row per statement that names another one in its context, once both are in the log: an answer and its
-- request, feedback and the work it is about. Made in the batch that brings the later of the two, so it does not
-- matter which came first.
-- grain: store, position
-- reads: parsed_statement, logged_statement
-- by: position
-- column store: the controller's store
-- column position: position of the statement that refers
-- column target_position: position of the statement that it names in its context
with known as (
    select store, position, statement_id, context_statement
    from logged_statement
)

select s.store, s.position, t.position as target_position
from parsed_statement as s
inner join known as t on s.store = t.store and s.form.context.statement = t.statement_id
where s.form.context.statement is not null and s.position != t.position
union
select s.store, s.position, t.position as target_position
from known as s
inner join parsed_statement as t on s.store = t.store and s.context_statement = t.statement_id
where s.context_statement is not null and s.position != t.position
