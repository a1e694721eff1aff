"""SmartRecruiters career sites (developers.smartrecruiters.com/docs/posting-api)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, dig, extra, listed, mapping, name, number, text, truth, words
from crawler.spiders._gather import gather, json_of, one_posting
from crawler.spiders._parts import joined
from crawler.spiders._pay import offer

API = "https://api.smartrecruiters.com"
LIMIT = 100


class SmartrecruitersSpider(BoardSpider):
    """Every posting of one company; the list has no texts, so each posting is asked at its own address.

    Paging: offset and limit (100 at most) up to totalFound. Rate: ten requests a second are allowed; the project's own delay is far
    slower. Closing signal: absence, `active` false, and a 404 of a posting's own address, which is authoritative. An unknown company
    answers 200 and an empty list. Recorded from: payloads/smartrecruiters.
    """

    name = "smartrecruiters"
    keys = frozenset({"company", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The first page of the company's list."""
        return (_page(source, 0),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A list leads to its postings and the next page; a posting is read where it has its texts."""
        answer, problems = json_of(page, "smartrecruiters")
        if problems:
            return Harvest(problems=problems)
        if "jobAd" in mapping(answer):
            return _one(mapping(answer), page, source)
        records = listed(answer, "content")
        if records is None:
            return Harvest(problems=gather("smartrecruiters", page, None, lambda _: None)[1])
        asks = tuple(_ask(source, mapping(record)) for record in records if text(dig(record, "id")))
        offset, total = number(dig(answer, "offset")) or 0, number(dig(answer, "totalFound")) or 0
        further = (_page(source, int(offset) + LIMIT),) if records and offset + LIMIT < total else ()
        return Harvest(follow=asks + further)


def _postings(source: Source) -> str:
    return f"{api(source, API)}/v1/companies/{part(source.settings['company'])}/postings"


def _page(source: Source, offset: int) -> Ask:
    return Ask(f"{_postings(source)}?limit={LIMIT}&offset={offset}", Role.LISTING)


def _ask(source: Source, record: Record) -> Ask:
    native = text(record.get("id")) or ""
    return Ask(f"{_postings(source)}/{part(native)}", Role.POSTING, context={"id": native})


def _one(answer: Record, page: Page, source: Source) -> Harvest:
    if truth(answer.get("active")) is False:
        return Harvest(gone=tuple(one for one in (text(answer.get("id")),) if one))
    found, problems = one_posting("smartrecruiters", page, posting(answer, page, source))
    return Harvest(found, problems=problems)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One posting. Fields used: id, name, company, location, postingUrl, jobAd.sections, releasedDate, compensation, typeOfEmployment."""
    location, stated = mapping(record.get("location")), mapping(record.get("compensation"))
    sections = [mapping(section) for section in mapping(dig(record, "jobAd", "sections")).values()]
    amounts = (stated.get("min"), stated.get("max"), stated.get("currency"), stated.get("period"))
    return Posting(
        url=absolute(page.url, record.get("postingUrl")) or absolute(page.url, record.get("applyUrl")),
        native_id=text(record.get("id")),
        title=words(record.get("name")) or "",
        organization=name(record.get("company")) or source.organization,
        location=words(location.get("fullLocation")) or _place(location),
        description=joined((section.get("title"), section.get("text")) for section in sections),
        description_is_html=True,
        posted_at=text(record.get("releasedDate")),
        remote=truth(location.get("remote")),
        country=name(location, "country"),
        employment_type=name(record.get("typeOfEmployment"), "label", "id"),
        structured_pay=offer(*amounts, stated, "smartrecruiters.compensation"),
        extra=extra(
            department=name(record.get("department"), "label"),
            function=name(record.get("function"), "label"),
            language=name(record.get("language"), "code"),
        ),
    )


def _place(location: Record) -> str | None:
    parts = (name(location, key) for key in ("city", "region", "country"))
    return ", ".join(part for part in parts if part) or None
