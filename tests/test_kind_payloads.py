"""Recorded answers through the real readers: as many postings as the answer holds, with every field that the answer holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from kind_reading import filled, read, recorded, rules

from crawler.records import Role

FULL = ("title", "url", "native_id", "organization", "location", "description", "posted_at")
LINKED = ("title", "url", "organization", "location", "description", "posted_at")


@dataclass(frozen=True)
class Case:
    """One recorded file: postings in it, the fields that all of them fill, and how many fill the others."""

    kind: str
    folder: str
    file: str
    postings: int = 0
    full: tuple[str, ...] = FULL
    some: Mapping[str, int] = field(default_factory=dict)
    follow: int = 0
    problems: tuple[str, ...] = ()
    role: Role = Role.LISTING
    settings: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)


def jsonld(file: str, postings: int = 1, problems: tuple[str, ...] = (), **some: int) -> Case:
    """A page with linked data."""
    return Case("jsonld", "jsonld_jobposting", file, postings, LINKED, some, problems=problems, role=Role.POSTING)


def more(kind: str, settings: Mapping[str, str]) -> list[Case]:
    """The cases of a kind from the table beside this file."""
    rows = tomllib.loads((Path(__file__).parent / "kind_payloads.toml").read_text("utf-8"))[kind]
    return [_case(kind, settings, **row) for row in rows]


def _case(kind: str, settings: Mapping[str, str], **row: Any) -> Case:
    lists: dict[str, Any] = {key: tuple(row.pop(key)) for key in ("full", "problems") if key in row}
    return Case(kind=kind, settings=settings, **lists, **row)


SITE, BOARD = {"site": "example"}, {"board": "example"}
PARTLY = {"location": 5, "structured_pay": 2}
CASES = [
    Case("greenhouse", "greenhouse", "TheGamer406__BreteAI-Backend__greenhouse.json", 3, FULL, settings=BOARD),
    Case("greenhouse", "greenhouse", "KernSharma__intern-radar__jd_greenhouse_job.json", 1, FULL, settings=BOARD, role=Role.POSTING),
    Case("greenhouse", "greenhouse", "ehddd3579-dot__career-page-job-monitor__gh_departments.json", 0, (), follow=131, settings=BOARD),
    Case("lever", "lever", "midat-fx__tech-salary-radar__sample_lever_matchgroup.json", 2, FULL, {"structured_pay": 1}, settings=SITE),
    Case(
        "lever", "lever", "ehddd3579-dot__career-page-job-monitor__lever.json", 6, FULL, {"location": 5, "structured_pay": 2}, settings=SITE
    ),
    Case("lever", "lever", "KernSharma__intern-radar__jd_lever_posting.json", 1, FULL, settings=SITE),
    Case("ashby", "ashby", "TheGamer406__BreteAI-Backend__ashby.json", 3, FULL, settings=BOARD),
    Case("ashby", "ashby", "midat-fx__tech-salary-radar__sample_ashby_linear.json", 2, FULL, settings=BOARD),
    jsonld("KernSharma__intern-radar__jd_icims_job.html", closes_at=1),
    jsonld("TheAsianFish__job-finder__jsonld_graph.html", 2, ("jsonld.json",)),
    jsonld("honzajavorek__junior.guru__remoteok_job.html", closes_at=1, structured_pay=1),
    jsonld("honzajavorek__junior.guru__stackoverflow_job.html", closes_at=1),
    jsonld("honzajavorek__junior.guru__stackoverflow_job_remote.html", closes_at=1, structured_pay=1),
    jsonld("honzajavorek__junior.guru__wwr_job.html", closes_at=1),
    jsonld("honzajavorek__junior.guru__wwr_job_json_decode_error.html", 1, ("jsonld.repaired",), closes_at=1),
    jsonld("nicholasbraun__job-crawler-poc__0049-careers-moove-io-jobs-8041975-director-head-of-fleet-vehicle.html"),
    jsonld("nicholasbraun__job-crawler-poc__0079-join-com-companies-fugro-16405887-geowissenschaftler-m-w-d.html", structured_pay=1),
    *more("smartrecruiters", {"company": "example"}),
    *more("workable", {"account": "example"}),
    *more("recruitee", {"company": "example"}),
    *more("personio", {"company": "example"}),
    *more("teamtailor", {"site": "https://board.example"}),
    *more("breezy", {"company": "example"}),
    *more("pinpoint", {"company": "example"}),
    *more("bamboohr", {"company": "example"}),
    *more("rippling", BOARD),
    *more("workday", {"host": "board.example", "tenant": "example", "site": "Gigs"}),
    *more("remotive", {}),
    *more("remoteok", {}),
    *more("jobicy", {}),
    *more("himalayas", {}),
    *more("arbeitnow", {}),
    *more("hn_algolia", {}),
    *more("feed", {"feed": "https://board.example/feed"}),
    *more("wordpress", {"site": "https://board.example"}),
    *more("sitemap", {"sitemap": "https://board.example/sitemap.xml", "link_pattern": "."}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.file[-40:]}")
def test_every_posting_arrives_with_what_the_answer_holds(case: Case) -> None:
    body = recorded(case.folder, case.file)
    harvest = read(case.kind, body, case.role, case.settings, context=case.context)
    assert filled(harvest) == {name: case.postings for name in case.full if case.postings} | dict(case.some)
    assert len(harvest.follow) == case.follow
    assert rules(harvest) == list(case.problems)
