"""Browsers keep answers that say when they changed; what they read must all the same be what is there now."""

from urllib.parse import urlencode

from tests.lrs.conftest import Client, a_statement

PROFILE = "/xAPI/activities/profile?" + urlencode({"activityId": "https://example.org/a", "profileId": "p"})


def test_every_answer_has_to_be_asked_for_again(client: Client) -> None:
    client.post(a_statement())
    client.send("PUT", PROFILE, {"level": 2}, headers={"If-None-Match": "*"})
    for path in ("/xAPI/statements", PROFILE, "/xAPI/about", "/xAPI/statements?limit=none", "/nowhere"):
        assert client.send("GET", path).headers["Cache-Control"] == "private, no-cache", path


def test_asked_again_by_its_tag_an_unchanged_document_is_not_sent_again(client: Client) -> None:
    client.send("PUT", PROFILE, {"level": 2}, headers={"If-None-Match": "*"})
    tag = client.send("GET", PROFILE).headers["ETag"]
    again = client.send("GET", PROFILE, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
