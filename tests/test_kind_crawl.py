"""Every kind, crawled for real: recorded answers on loopback, `callboard crawl`, and what then stands in the store."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from kind_reading import recorded
from loopback import Board, board

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

JSONLD = [
    "KernSharma__intern-radar__jd_icims_job.html",
    "honzajavorek__junior.guru__wwr_job.html",
    "honzajavorek__junior.guru__remoteok_job.html",
    "honzajavorek__junior.guru__stackoverflow_job_remote.html",
]
SEEN = {
    "greenhouse": 3, "lever": 6, "ashby": 3, "jsonld": 4, "smartrecruiters": 3, "workable": 2, "recruitee": 3, "personio": 11,
    "teamtailor": 2, "breezy": 2, "pinpoint": 3, "bamboohr": 3, "rippling": 2, "workday": 4, "opentrain": 1, "remotive": 8,
    "remoteok": 31, "jobicy": 3, "himalayas": 20, "arbeitnow": 3, "hn_algolia": 35, "feed": 4, "wordpress": 5, "sitemap": 4,
    "html": 2, "document": 1,
}  # fmt: skip
UNDATED = ("pinpoint", "opentrain", "html", "document")  # these answers state no date of posting
PAID = {
    "bamboohr": 3, "breezy": 2, "himalayas": 8, "jobicy": 1, "jsonld": 2, "lever": 2, "pinpoint": 2, "recruitee": 1, "remoteok": 2,
    "remotive": 7, "sitemap": 2, "smartrecruiters": 3,
}  # fmt: skip
GIG = {"id": "o1", "title": "Record emotions", "descriptionText": "Speak sadly.", "url": "https://x.example/jobs/o1", "status": "OPEN"}


def answer(kind: str, name: str) -> Any:
    return json.loads(recorded(kind, name))


def serve_lists(here: Board) -> dict[str, dict[str, str]]:
    """Kinds whose lists hold whole postings; the settings of each."""
    here.put("/gh/v1/boards/b/jobs", recorded("greenhouse", "TheGamer406__BreteAI-Backend__greenhouse.json"))
    here.put("/lv/v0/postings/s", recorded("lever", "ehddd3579-dot__career-page-job-monitor__lever.json"))
    here.put("/as/posting-api/job-board/b", recorded("ashby", "TheGamer406__BreteAI-Backend__ashby.json"))
    here.put("/wa/api/v1/widget/accounts/a", recorded("workable", "michaeldinhmai__job-agent__workable.json"))
    here.put("/rc/api/offers/", recorded("recruitee", "michaeldinhmai__job-agent__recruitee.json"))
    here.put("/pe/xml", recorded("personio", "threadi__wp-personio-integration-light__positions.xml"), mime="text/xml")
    here.put("/tt/jobs.json", recorded("teamtailor", "konstantinosanagn__ergon__teamtailor_jobs.json"))
    here.put("/pp/postings.json", recorded("pinpoint", "konstantinosanagn__ergon__pinpoint_jobs.json"))
    here.put("/ot/api/public/v1/jobs", {"jobs": [GIG], "nextCursor": None})
    api = {kind: {"api": f"{here.url}/{path}"} for kind, path in (("greenhouse", "gh"), ("lever", "lv"), ("ashby", "as"))}
    api |= {kind: {"api": f"{here.url}/{path}"} for kind, path in (("workable", "wa"), ("recruitee", "rc"), ("personio", "pe"))}
    api |= {"pinpoint": {"api": f"{here.url}/pp"}, "opentrain": {"api": f"{here.url}/ot"}}
    named = {"greenhouse": {"board": "b"}, "lever": {"site": "s"}, "ashby": {"board": "b"}, "workable": {"account": "a"}}
    named |= {kind: {"company": "c"} for kind in ("recruitee", "personio", "pinpoint")}
    return {kind: found | named.get(kind, {}) for kind, found in api.items()} | {"teamtailor": {"site": f"{here.url}/tt"}}


def serve_boards_of_many(here: Board) -> dict[str, dict[str, str]]:
    """Aggregators, feeds and blogs."""
    here.put("/rv/api/remote-jobs", recorded("remotive", "nacefmoula__internship-hunter__remotive.json"))
    here.put("/ro/api", recorded("remoteok", "nacefmoula__internship-hunter__remoteok.json"))
    here.put("/jc/api/v2/remote-jobs", recorded("jobicy", "TheGamer406__BreteAI-Backend__jobicy.json"))
    here.put("/hm/jobs/api", recorded("himalayas", "nacefmoula__internship-hunter__himalayas.json"))
    here.put("/an/api/job-board-api", recorded("arbeitnow", "TheGamer406__BreteAI-Backend__arbeitnow.json"))
    search = "/hn/api/v1/search_by_date"
    stories = f"{search}?tags=story%2Cauthor_whoishiring&hitsPerPage=20"
    here.put(stories, recorded("hn_algolia", "nacefmoula__internship-hunter__hn_search.json"))
    here.put(search, recorded("hn_algolia", "nacefmoula__internship-hunter__hn_comments.json"))
    here.put("/feed", recorded("rss_weworkremotely", "ikevinxie__remote-jobs-collector__wwr.xml"), mime="application/rss+xml")
    here.put("/wp/wp-json/wp/v2/posts", recorded("wordpress", "frontity__frontity__posts-from-category-7.json"))
    paths = {"remotive": "rv", "remoteok": "ro", "jobicy": "jc", "himalayas": "hm", "arbeitnow": "an", "hn_algolia": "hn"}
    settings = {kind: {"api": f"{here.url}/{path}"} for kind, path in paths.items()}
    settings["himalayas"]["pages"] = "1"
    return settings | {"feed": {"feed": f"{here.url}/feed", "separator": ": "}, "wordpress": {"site": f"{here.url}/wp"}}


def serve_details(here: Board) -> dict[str, dict[str, str]]:
    """Kinds that ask each posting: the recorded list, and for each of its postings the recorded detail under its id."""
    smart = answer("smartrecruiters", "KernSharma__intern-radar__jd_smartrecruiters_posting.json")
    listed = "KernSharma__intern-radar__smartrecruiters_postings.json"
    for one in here_list(here, "/sr/v1/companies/c/postings", "smartrecruiters", listed, "content"):
        here.put(f"/sr/v1/companies/c/postings/{one['id']}", smart | {"id": one["id"], "name": one["name"]})
    bamboo = answer("bamboohr", "AMikhno__job-market-analytics__bamboohr_detail.json")
    for one in here_list(here, "/bb/careers/list", "bamboohr", "konstantinosanagn__ergon__bamboohr_jobs.json", "result"):
        here.put(f"/bb/careers/{one['id']}/detail", bamboo)
    detail = answer("rippling", "AMikhno__job-market-analytics__rippling_job_detail.json")
    jobs = "/rp/platform/api/ats/v1/board/b/jobs"
    for one in here_list(here, jobs, "rippling", "konstantinosanagn__ergon__rippling_jobs.json"):
        here.put(f"{jobs}/{one['uuid']}", detail | {"uuid": one["uuid"], "url": one["url"]})
    info = answer("workday_cxs", "KernSharma__intern-radar__jd_workday_job.json")
    for one in here_list(here, "/wd/wday/cxs/t/s/jobs", "workday_cxs", "KernSharma__intern-radar__workday_jobs.json", "jobPostings"):
        path = one["externalPath"]
        posting = info["jobPostingInfo"] | {"jobPostingId": path.rsplit("/", 1)[-1], "externalUrl": f"https://x.example{path}"}
        here.put(f"/wd/wday/cxs/t/s{path}", info | {"jobPostingInfo": posting})
    for one in here_list(here, "/bz/json", "breezy", "prettyirrelevant__hunt__breezy.json"):
        here.put(f"/bz/p/{one['friendly_id']}", f"<h1>{one['name']}</h1><div class=description>Stand still.</div>", mime="text/html")
    company, host = {"company": "c"}, {"host": "x.example", "tenant": "t", "site": "s", "api": f"{here.url}/wd"}
    rest = {
        kind: company | {"api": f"{here.url}/{path}"} for kind, path in (("smartrecruiters", "sr"), ("bamboohr", "bb"), ("breezy", "bz"))
    }
    return rest | {"rippling": {"board": "b", "api": f"{here.url}/rp"}, "workday": host}


def here_list(here: Board, path: str, folder: str, name: str, *keys: str) -> list[dict[str, Any]]:
    """Serve a recorded list; its records, those of one id once."""
    found = answer(folder, name)
    here.put(path, found)
    records = found[keys[0]] if keys else found
    return list({str(one.get("id") or one.get("uuid") or one.get("externalPath")): one for one in records}.values())


def serve_pages(here: Board) -> dict[str, dict[str, str]]:
    """Pages with and without data, by a listing and by a sitemap."""
    addresses = [here.put(f"/gigs/{n}", recorded("jsonld_jobposting", name), mime="text/html") for n, name in enumerate(JSONLD)]
    here.put("/gigs", "".join(f"<a href='{url}'>gig</a>" for url in addresses), mime="text/html")
    here.put("/sitemap.xml", f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in addresses)}</urlset>", mime="text/xml")
    plain = [here.put(f"/plain/{n}", f"<main><h1>Gig {n}</h1><p>Stand still.</p></main>", mime="text/html") for n in (1, 2)]
    here.put("/plain", "".join(f"<a href='{url}'>gig</a>" for url in plain), mime="text/html")
    terms = here.put("/terms", "<main><h1>Terms</h1><p>We may use your voice for ever.</p></main>", mime="text/html")
    return {
        "jsonld": {"listing": f"{here.url}/gigs"},
        "sitemap": {"sitemap": f"{here.url}/sitemap.xml", "link_pattern": "/gigs/"},
        "html": {"listing": f"{here.url}/plain"},
        "document": {"document": terms},
    }


def toml(kind: str, url: str, settings: dict[str, str]) -> str:
    lines = [f'id = "{kind.replace("_", "-")}-x"', f'kind = "{kind}"', f'name = "{kind}"', f'url = "{url}"', 'organization = "Example"']
    lines += ['lineage = "board"', "invented = true", "expect_min = 1", "[settings]"]
    return "\n".join([*lines, *(f"{key} = {json.dumps(value)}" for key, value in settings.items())])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The store after two crawls of every kind."""
    folder = tmp_path_factory.mktemp("fleet")
    (folder / "sources").mkdir()
    with board() as here:
        settings = serve_lists(here) | serve_boards_of_many(here) | serve_details(here) | serve_pages(here)
        assert settings.keys() == SEEN.keys()
        ids = []
        for kind, chosen in settings.items():
            ids.append(f"{kind.replace('_', '-')}-x")
            (folder / "sources" / f"{ids[-1]}.toml").write_text(toml(kind, here.url, chosen), "utf-8")
        own = {"DATA_DIR": folder / "data", "SOURCES_DIR": folder / "sources", "DELAY": 0, "CONTACT": ""}
        environ = os.environ | {f"CALLBOARD_{key}": str(value) for key, value in own.items()}
        for _ in range(2):
            subprocess.run([sys.executable, "-m", "crawler", "crawl", *ids], env=environ, cwd=folder, check=False, timeout=500)
    db = sqlite3.connect(folder / "data" / "store.db")
    yield db
    db.close()


def test_every_crawl_is_complete_and_sees_every_posting(crawled: sqlite3.Connection) -> None:
    rows = crawled.execute("select source_id, outcome, seen, reason from crawl").fetchall()
    wrong = [row for row in rows if (row[1], row[2]) != ("complete", SEEN[row[0].removesuffix("-x").replace("-", "_")])]
    assert wrong == []
    assert len(rows) == 2 * len(SEEN)


def test_every_posting_has_its_fields_and_crawling_again_adds_nothing(crawled: sqlite3.Connection) -> None:
    total = sum(SEEN.values())
    assert crawled.execute("select count(*) from posting").fetchone() == (total,)
    whole = "title <> '' and organization <> '' and version.url like 'http%' and (posted_on is not null or source_id in ('{}'))"
    undated = "', '".join(f"{kind}-x" for kind in UNDATED)
    filled = f"select count(*) from version join posting on posting.id = posting_id where {whole.format(undated)}"
    assert crawled.execute(filled).fetchone() == (total,)
    assert crawled.execute("select count(*) from version").fetchone() == (total,)
    assert crawled.execute("select count(*) from event").fetchone() == (0,)


def test_boards_own_pay_is_kept(crawled: sqlite3.Connection) -> None:
    counted = "select source_id, count(distinct posting.id) from pay join version on version.id = pay.version_id"
    rows = crawled.execute(f"{counted} join posting on posting.id = posting_id where origin = 'structured' group by 1").fetchall()
    assert {kind.removesuffix("-x"): count for kind, count in rows} == PAID
