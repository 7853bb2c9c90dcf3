"""What is given back is what was sent, to the letter, with the store's own members in front."""

import json
from typing import Any

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from lrs.statement.compose import Given, compose, given
from lrs.statement.json_text import parse_object, parse_statements
from tests.lrs.statement.full_statements import a_full_statement
from tests.lrs.statement.test_json_text import spaces, texts, values

STORED, INSTANT = 1_795_428_123_456_789, "2026-11-23T10:02:03.456789Z"
AUTHORITY = '{"account":{"homePage":"https://lrs.example.org","name":"key"}}'
AN_ID = "0f3c7a52-0000-4000-8000-000000000001"
OURS = ("id", "stored", "timestamp", "authority", "version")


def composed(text: str) -> str:
    [parsed], _ = parse_statements(text.encode())
    return compose(
        parsed.text,
        given(parsed.value),
        statement_id=AN_ID,
        stored=STORED,
        authority=AUTHORITY,
        version="1.0.0",
    )


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((), Given(0)),
        (("id",), Given.ID),
        (("stored", "authority"), Given.STORED | Given.AUTHORITY),
        (OURS, Given.ID | Given.STORED | Given.TIMESTAMP | Given.AUTHORITY | Given.VERSION),
    ],
)
def test_given_names_the_members_that_the_client_sent(members: tuple[str, ...], expected: Given) -> None:
    assert given(dict.fromkeys(members, "x")) == expected


def test_a_statement_without_them_gets_all_members_of_the_store() -> None:
    assert composed('{ "actor":1.10 }') == (
        f'{{"id":"{AN_ID}","timestamp":"{INSTANT}","version":"1.0.0","stored":"{INSTANT}","authority":{AUTHORITY}'
        ', "actor":1.10 }'
    )


def test_an_id_timestamp_and_version_of_the_client_stay() -> None:
    text = '{"id":"A","timestamp":"2026-01-01T00:00:00+01:00","version":"1.0.9"}'
    assert composed(text) == f'{{"stored":"{INSTANT}","authority":{AUTHORITY},{text[1:]}'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{"stored":"x","a":1}', '"a":1}'),
        ('{"a":1,"stored":"x"}', '"a":1}'),
        ('{ "a" : 1 ,\n "stored" : "x" ,\t"b":2 }', ' "a" : 1 ,\t"b":2 }'),
        ('{"authority":{"stored":1,"authority":[{}]},"a":{"stored":1}}', '"a":{"stored":1}}'),
        (r'{"\u0073tored":"x","a":"\"stored\":1"}', r'"a":"\"stored\":1"}'),
        ('{"authority":{},"stored":"x"}', "}"),
    ],
)
def test_stored_and_authority_of_the_client_are_cut_out_and_nothing_else(text: str, left: str) -> None:
    assert composed(text).endswith(f"{AUTHORITY}{'' if left == '}' else ','}{left}")


@for_any(
    st.dictionaries(texts | st.sampled_from(OURS), values, max_size=8),
    spaces,
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_every_other_member_keeps_its_bytes(
    statement: dict[str, Any], around: str, is_ascii: bool, order: Any
) -> None:
    members = [
        (
            name,
            f"{around}{json.dumps(name, ensure_ascii=is_ascii)}{around}:{around}{json.dumps(value)}{around}",
        )
        for name, value in statement.items()
    ]
    order.shuffle(members)
    text = composed(f"{{{','.join(written for _, written in members) or around}}}")
    theirs = [written for name, written in members if name not in ("stored", "authority")]
    assert text.endswith((",".join(theirs) or (around if not members else "")) + "}")
    read = parse_object(text)
    assert set(read) == set(statement) | set(OURS)
    assert (read["stored"], read["authority"]) == (INSTANT, json.loads(AUTHORITY))


def test_a_full_statement_differs_only_in_what_the_store_sets() -> None:
    sent = a_full_statement("2.0.0")
    back = json.loads(composed(json.dumps(sent)))
    lone = sent["context"]["contextActivities"]
    for kind in [kind for kind, named in lone.items() if isinstance(named, dict)]:
        lone[kind] = [lone[kind]]
    assert {name for name in sent if sent[name] != back[name]} == {"stored", "authority"}


def test_a_lone_context_activity_comes_back_in_a_list_and_all_else_to_the_letter() -> None:
    lone = '{"contextActivities" : {"other":[ {"id":"c"} ], "parent": {"id" : "a","n":1.1} ,"grouping":{"id":"b"}}}'
    listed = lone.replace('{"id" : "a","n":1.1}', '[{"id" : "a","n":1.1}]').replace(
        '{"id":"b"}', '[{"id":"b"}]'
    )
    sent = f'{{"context": {lone} , "object":{{"context":{lone}, "objectType":"SubStatement"}}, "id" : "x"}}'
    assert composed(sent).endswith(sent.replace(lone, listed)[1:])


@pytest.mark.parametrize("text", ["{}", '{"context":{}}', '{"context":{"contextActivities":{"parent":[]}}}'])
def test_a_statement_whose_context_activities_are_lists_is_left_alone(text: str) -> None:
    assert Given.LONE_ACTIVITY not in given(json.loads(text))


def test_lists_are_put_in_though_the_store_takes_members_out() -> None:
    back = json.loads(
        composed('{"stored":"x","context":{"contextActivities":{"parent":{"id":"a"}}},"authority":{}}')
    )
    assert back["context"] == {"contextActivities": {"parent": [{"id": "a"}]}}
    assert back["stored"] == INSTANT
