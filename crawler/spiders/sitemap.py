"""Any site whose sitemap names its posting pages, with or without data in them."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders import _job_posting, _selectors
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record
from crawler.spiders._gather import gather, one_posting
from crawler.spiders._linked_data import is_a, objects
from crawler.spiders._markup import source_of, tree_of
from crawler.spiders._microdata import job_postings
from crawler.spiders._sitemap import asks, is_sitemap, sitemap
from crawler.spiders._xml import unpacked

KEYS = frozenset({"title_selector", "company_selector", "location_selector", "body_selector", "pay_selector", "date_selector"})


class SitemapSpider(BoardSpider):
    """Pages of a sitemap: their JobPosting, or else what the source's selectors find, or else their main part.

    Paging: indexes of sitemaps, also gzipped. Rate: the site's robots.txt. Closing signal: absence from the sitemap, and 404 or 410 of a
    page, which is authoritative. The sitemap's lastmod travels to the page's context. Settings: `sitemap`, `link_pattern` (which pages
    are postings), selectors as for `html`. Recorded from: payloads/sitemap (general sites; gzip and indexes are shape only).
    """

    name = "sitemap"
    keys = KEYS | {"sitemap", "link_pattern"}
    required = frozenset({"sitemap", "link_pattern"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The sitemap."""
        return (Ask(source.settings["sitemap"], Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A sitemap's pages, or the posting of a page."""
        if page.role is Role.POSTING:
            return _posting(page, source)
        body, problems = unpacked(page, "sitemap")
        if not is_sitemap(body):
            return Harvest(problems=(*problems, Problem("sitemap.shape", "not a sitemap", page.url, "error")))
        found = sitemap(body, page, "sitemap")
        return Harvest((), asks(found, source.settings["link_pattern"]), problems + found.problems)


def _posting(page: Page, source: Source) -> Harvest:
    tree = tree_of(source_of(page))
    data, problems = objects(tree, "sitemap", page.url)
    jobs = [one for one in data if is_a(one, "JobPosting")] or job_postings(tree)

    def read(record: Record) -> Posting:
        return _job_posting.posting(record, page.url, source.organization, "sitemap.baseSalary", len(jobs) == 1)

    if jobs:
        found, lacks = gather("sitemap", page, jobs, read)
    else:
        found, lacks = one_posting("sitemap", page, _selectors.posting(tree, page, source, page.url))
    return Harvest(found, problems=problems + lacks)
