-- One row per statement of the batch, its analytic form taken apart: the only place that reads statement JSON.
-- grain: store, position
-- reads: batch
-- as: batch
-- column store: the controller's store
-- column position: position in the log
-- column statement_id: lower case UUID
-- column stored: UTC; when the store took it in
-- column form: the analytic form (schemas/xapi/analytic_form.json)
select
    store,
    position,
    statement_id,
    stored,
    from_json(form, '{
        "timestamp": "BIGINT",
        "actor": {"objectType": "VARCHAR", "key": "VARCHAR", "member": ["VARCHAR"]},
        "verb": "VARCHAR",
        "object": {"objectType": "VARCHAR", "id": "VARCHAR", "key": "VARCHAR", "member": ["VARCHAR"]},
        "result": {
            "success": "BOOLEAN", "completion": "BOOLEAN", "duration_ms": "BIGINT",
            "scaled": "VARCHAR", "raw": "VARCHAR", "min": "VARCHAR", "max": "VARCHAR"
        },
        "context": {
            "registration": "VARCHAR", "instructor": "VARCHAR", "team": "VARCHAR", "platform": "VARCHAR",
            "language": "VARCHAR", "statement": "VARCHAR", "parent": ["VARCHAR"], "grouping": ["VARCHAR"],
            "category": ["VARCHAR"], "other": ["VARCHAR"]
        },
        "types": [["VARCHAR"]],
        "extensions": {
            "due_date": "BIGINT", "planned_start": "BIGINT", "planned_duration_ms": "BIGINT", "progress": "VARCHAR",
            "level": "INTEGER", "level_scheme": "VARCHAR", "target_level": "INTEGER", "criterion": "BOOLEAN",
            "horizon": "VARCHAR", "evidence_source": "VARCHAR", "assessment_purpose": "VARCHAR",
            "regulator": "VARCHAR", "framework_goals": ["VARCHAR"], "checklist": "VARCHAR",
            "checklist_size": "INTEGER", "agreed_actions": "INTEGER", "rating_min": "VARCHAR",
            "rating_max": "VARCHAR", "entered_by_hand": "INTEGER", "skill": "VARCHAR", "route": "VARCHAR",
            "class": "VARCHAR", "school": "VARCHAR", "reflection": "BOOLEAN", "learner": "VARCHAR",
            "intervention": {
                "id": "VARCHAR", "date": "DATE", "classes": ["VARCHAR"], "comparison_classes": ["VARCHAR"],
                "indicator": "VARCHAR"
            }
        },
        "conformance": [{"of": "VARCHAR", "broken": ["VARCHAR"]}],
        "authority": "VARCHAR"
    }') as form
from batch
where kind = 'statement'
