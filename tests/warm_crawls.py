"""The warm process of `crawls`: imports everything, then forks a child for each order, one JSON object a line on standard input."""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

import scrapy.crawler

from crawler import catalog, cli, kinds
from crawler.findings.reading import read
from crawler.spiders._run import CrawlRun


def warm() -> None:
    """Load what every crawl needs."""
    read("Voices wanted, 50 dollars an hour. You grant us a perpetual licence.")
    for kind in catalog.kinds():
        kinds.spider(kind)


def many(ids: list[str], now: str | None) -> None:
    """Several crawls in one process, as no command does it: cheaper where a test is about the answers of many boards."""
    from scrapy.utils.project import get_project_settings

    settings = get_project_settings()
    settings.setmodule("crawler.settings", priority="project")
    process = scrapy.crawler.AsyncCrawlerProcess(settings)
    known = catalog.load_all(os.environ["CALLBOARD_SOURCES_DIR"])
    for each in ids:
        kind = kinds.spider(known[each].kind)
        run = CrawlRun.open(kind, each, {"now": now})
        process.crawl(process.create_crawler(kind), source=each, run=run)
    process.start()


def obey(order: dict[str, Any]) -> int:
    """Do as told in a child; the exit status."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(order["environment"])
    if "many" in order:
        many(order["many"], order["now"])
        return 0
    try:
        cli.crawl_side(order["arguments"], prog_name="callboard")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def main() -> None:
    """Answer orders until standard input ends: a child's process id, or how a child ended."""
    warm()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            print(json.dumps({"status": os.waitstatus_to_exitcode(status)}), flush=True)
            continue
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = obey(order)
            except Exception:  # noqa: BLE001  # whatever it was, the test that waits is shown it
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        print(json.dumps({"pid": child}), flush=True)


if __name__ == "__main__":
    main()
