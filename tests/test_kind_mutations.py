"""No answer may crash a reader: every kind on its own answer with fields dropped, emptied or of a wrong type."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kind_reading import PAYLOADS, page, source, spider

from crawler.records import Harvest, Role

SETTINGS = {
    "greenhouse": {"board": "b"},
    "lever": {"site": "s"},
    "ashby": {"board": "b"},
    "smartrecruiters": {"company": "c"},
    "workable": {"account": "a"},
    "recruitee": {"company": "c"},
    "teamtailor": {"site": "https://board.example"},
    "breezy": {"company": "c"},
    "pinpoint": {"company": "c"},
    "bamboohr": {"company": "c"},
    "rippling": {"board": "b"},
    "workday": {"host": "h.example", "tenant": "t", "site": "s"},
    "remotive": {},
    "remoteok": {},
    "jobicy": {},
    "himalayas": {},
    "arbeitnow": {},
    "hn_algolia": {},
    "wordpress": {"site": "https://board.example"},
}
FOLDERS = {"workday": "workday_cxs"}
STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", " ", "x", 0, -1, 1e300, 10**30, True, [], {}, [None], ["x", 7], {"name": None}, "\ud800", "<p", "http://[", [[]]]
)
MARKUP = ("jsonld_jobposting/KernSharma__intern-radar__jd_icims_job.html", "personio/bsdevda__cyber-job-radar__personio.xml")

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def answers(kind: str) -> list[Any]:
    """Recorded answers of a kind, cut to three records a list so that each example is quick."""
    folder = PAYLOADS / FOLDERS.get(kind, kind)
    if not folder.is_dir():
        pytest.skip(f"no recorded answers {folder.name} beside the project")
    return [_cut(json.loads(path.read_bytes())) for path in sorted(folder.glob("*.json"))]


def _cut(value: Any) -> Any:
    if isinstance(value, list):
        return [_cut(one) for one in value[:3]]
    if isinstance(value, dict):
        return {key: _cut(one) for key, one in value.items() if key != "_highlightResult"}
    return value[:200] if isinstance(value, str) else value


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inside for found in places(one, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], new: Any, drop: bool) -> Any:
    """A copy with one value replaced or dropped."""
    if not path:
        return new
    whole = copy.deepcopy(value)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    if drop and isinstance(holder, dict):
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return whole


@pytest.mark.parametrize("kind", SETTINGS)
def test_a_field_dropped_or_strange_never_crashes(kind: str) -> None:
    known, reader, board = answers(kind), spider(kind), source(kind, **SETTINGS[kind])

    @quick
    @given(st.data())
    def mutate(data: st.DataObject) -> None:
        answer = data.draw(st.sampled_from(known))
        for _ in range(data.draw(st.integers(1, 3))):
            path = data.draw(st.sampled_from(places(answer)))
            answer = changed(answer, path, data.draw(STRANGE), data.draw(st.booleans()))
        role = data.draw(st.sampled_from([Role.LISTING, Role.POSTING]))
        harvest = reader.read(page(json.dumps(answer), "https://board.example/x", role, {"offset": "x"}), board)
        _check(harvest)

    mutate()


def _check(harvest: Harvest) -> None:
    """What comes out can be stored: titles, addresses, no lone surrogate, problems with words."""
    assert isinstance(harvest, Harvest)
    for posting in harvest.postings:
        assert posting.title
        assert posting.url.startswith(("http://", "https://"))
        repr_ = f"{posting.title}{posting.url}{posting.organization}{posting.location}{posting.description}{sorted(posting.extra.items())}"
        repr_.encode("utf-8")
        assert all(isinstance(value, str) and value for value in posting.extra.values())
    for ask in harvest.follow:
        assert ask.url.startswith(("http://", "https://"))
        assert all(isinstance(value, str) for value in ask.context.values())
    assert all(problem.message and problem.rule for problem in harvest.problems)


@pytest.mark.parametrize("file", MARKUP)
def test_bytes_lost_or_changed_never_crash(file: str) -> None:
    path = PAYLOADS / file
    if not path.is_file():
        pytest.skip(f"no recorded answer {file} beside the project")
    body = path.read_bytes()
    kind = "jsonld" if file.startswith("jsonld") else "personio"
    board = source(kind, **({} if kind == "jsonld" else {"company": "c"}))

    @quick
    @given(st.integers(0, len(body)), st.integers(0, 400), st.binary(max_size=6))
    def damage(start: int, length: int, new: bytes) -> None:
        torn = body[:start] + new + body[start + length :]
        _check(spider(kind).read(page(torn, "https://board.example/x", Role.POSTING, {}), board))

    damage()


@quick
@given(st.binary(max_size=300), st.sampled_from(sorted(SETTINGS)))
def test_any_bytes_are_read_or_told(body: bytes, kind: str) -> None:
    for role in (Role.LISTING, Role.POSTING):
        _check(spider(kind).read(page(body, "https://board.example/x", role, {}), source(kind, **SETTINGS[kind])))
