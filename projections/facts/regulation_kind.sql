-- One row per fact kind that regulates learning, with the phase of the cycle that it belongs to (Zimmerman 2000;
-- Panadero 2017). An outcome (achieved, failed) is not regulation, nor is a conversation, of which the record does
-- not say who steered it. What others did to a learner's learning (received) is regulation by them.
-- grain: kind
-- as: view
-- column kind: fact kind of kind_rule
-- column phase: planning, monitoring, control or reflection
-- column whose: own when it is the learner's own event, received when another did it to the learner's work
select regulation.kind, regulation.phase, regulation.whose
from (
    values
    ('set', 'planning', 'own'),
    ('assigned', 'planning', 'own'),
    ('prioritised', 'planning', 'own'),
    ('dropped', 'planning', 'own'),
    ('scheduled', 'planning', 'own'),
    ('revised', 'planning', 'own'),
    ('estimated', 'planning', 'own'),
    ('expected', 'planning', 'own'),
    ('route_chosen', 'planning', 'own'),
    ('progress_viewed', 'monitoring', 'own'),
    ('item_ticked', 'monitoring', 'own'),
    ('self_assessed', 'monitoring', 'own'),
    ('strategy_chosen', 'control', 'own'),
    ('strategy_dropped', 'control', 'own'),
    ('help_asked', 'control', 'own'),
    ('feedback_acted_on', 'control', 'own'),
    ('help_answered', 'control', 'received'),
    ('reflected', 'reflection', 'own'),
    ('data_commented', 'reflection', 'own'),
    ('level_given', 'reflection', 'own'),
    ('feedback_given', 'reflection', 'received')
) as regulation (kind, phase, whose)
