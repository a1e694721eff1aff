"""Any site whose posting pages carry schema.org JobPosting, as JSON-LD or microdata (schema.org/JobPosting)."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from crawler.records import Ask, Harvest, Page, Posting, Problem, Role, Source
from crawler.spiders import _job_posting
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record
from crawler.spiders._gather import Found, gather
from crawler.spiders._linked_data import is_a, objects
from crawler.spiders._markup import chosen_links, next_page, source_of, tree_of
from crawler.spiders._microdata import job_postings
from crawler.spiders._sitemap import asks, is_sitemap, sitemap
from crawler.spiders._xml import unpacked


class JsonldSpider(BoardSpider):
    """Listing pages or sitemaps that lead to pages with a JobPosting.

    Paging: rel=next or `next_selector`; indexes of sitemaps, also gzipped. Rate: the site's robots.txt. Closing signal: absence,
    a stated validThrough, and 404 or 410 of a posting's page, which is authoritative. A posting is its address: identifiers in
    JSON-LD are often the employer's. Settings: `listing` or `sitemap` (an address each; both may be given), `link_selector`,
    `link_pattern`, `next_selector`. Recorded from: payloads/jsonld_jobposting; the @graph form and microdata are shape only.
    """

    name = "jsonld"
    keys = frozenset({"listing", "sitemap", "link_selector", "link_pattern", "next_selector"})
    required = frozenset[str]()
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The listing and the sitemap, or the source's own address if neither is set."""
        starts = [source.settings[key] for key in ("listing", "sitemap") if key in source.settings]
        return tuple(Ask(url, Role.LISTING) for url in starts or [source.url])

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A sitemap's pages, a listing's links, or the posting of a page."""
        body, problems = unpacked(page, "jsonld")
        if is_sitemap(body):
            found = sitemap(body, page, "jsonld")
            return Harvest((), asks(found, source.settings.get("link_pattern")), problems + found.problems)
        if body is not page.body:
            return Harvest(problems=(*problems, Problem("jsonld.empty", "a packed file that is no sitemap", page.url)))
        tree = tree_of(source_of(page))
        return _listing(tree, page, source) if page.role is Role.LISTING else _posting(tree, page, source)


def _posting(tree: LexborHTMLParser, page: Page, source: Source) -> Harvest:
    """The page's postings; a page without one is a Problem."""
    (postings, problems), seen = _postings(tree, page, source, own_page=True)
    if not seen:
        problems += (Problem("jsonld.none", "no JobPosting in this page", page.url),)
    return Harvest(postings, problems=problems)


def _listing(tree: LexborHTMLParser, page: Page, source: Source) -> Harvest:
    """The postings that stand on the listing itself with their words, the pages to open, the next listing page."""
    (postings, _), _seen = _postings(tree, page, source, own_page=False)
    whole = tuple(posting for posting in postings if posting.description)
    known = {posting.url for posting in whole}
    links = [Ask(url, Role.POSTING) for url in chosen_links(tree, page, source.settings) if url not in known]
    further = next_page(tree, page, source.settings)
    empty = () if links or whole else (Problem("jsonld.empty", "a listing without a link to a posting", page.url),)
    return Harvest(whole, (*links, *([Ask(further, Role.LISTING)] if further else [])), empty)


def _postings(tree: LexborHTMLParser, page: Page, source: Source, own_page: bool) -> tuple[Found, int]:
    """Every JobPosting in the page, and how many objects said to be one. A page with several is nobody's own page."""
    found, problems = objects(tree, "jsonld", page.url)
    jobs = [one for one in found if is_a(one, "JobPosting")] or job_postings(tree)
    alone = own_page and len(jobs) == 1

    def read(record: Record) -> Posting:
        return _job_posting.posting(record, page.url, source.organization, "jsonld.baseSalary", alone)

    postings, lacks = gather("jsonld", page, jobs, read)
    return (postings, problems + lacks), len(jobs)
