"""BambooHR careers pages, by the JSON behind them (undocumented)."""

from __future__ import annotations

from crawler.records import Ask, Harvest, Page, Posting, Role, Source
from crawler.spiders._address import absolute, api, part
from crawler.spiders._base import BoardSpider
from crawler.spiders._fields import Record, body, dig, extra, listed, mapping, name, text, truth, words
from crawler.spiders._gather import gather, json_of, one_posting
from crawler.spiders._pay import in_words

OPEN = frozenset({None, "Open"})
PLACE = ("city", "state", "province", "country", "addressCountry")


class BamboohrSpider(BoardSpider):
    """Every opening of one company; the list has no texts, so each opening is asked at its own address.

    Paging: none. Rate: no published limit. Closing signal: absence, a status other than "Open", and a 404 of an opening's own address,
    which is authoritative. `locationType` is a number that nobody explains alike; it is kept, not read.
    Recorded from: payloads/bamboohr (lists recorded, the detail is shape only).
    """

    name = "bamboohr"
    keys = frozenset({"company", "api"})
    required = frozenset({"company"})
    gone_is_authoritative = True

    @staticmethod
    def start_asks(source: Source) -> tuple[Ask, ...]:
        """The company's list."""
        return (Ask(f"{_site(source)}/careers/list", Role.LISTING),)

    @staticmethod
    def read(page: Page, source: Source) -> Harvest:
        """A list leads to its openings; an opening is a posting."""
        answer, problems = json_of(page, "bamboohr")
        if problems:
            return Harvest(problems=problems)
        opening = mapping(dig(answer, "result", "jobOpening"))
        if opening:
            return _one(opening, page, source)
        records = listed(answer, "result")
        if records is None:
            return Harvest(problems=gather("bamboohr", page, None, lambda _: None)[1])
        return Harvest(follow=tuple(_ask(source, mapping(one)) for one in records if text(dig(one, "id"))))


def _site(source: Source) -> str:
    return api(source, f"https://{part(source.settings['company'])}.bamboohr.com")


def _ask(source: Source, record: Record) -> Ask:
    """An opening's own address; what only the list says goes along."""
    native = text(record.get("id")) or ""
    said = extra(id=native, title=words(record.get("jobOpeningName")), location=_place(record), remote=_said(record))
    return Ask(f"{_site(source)}/careers/{part(native)}/detail", Role.POSTING, context=said)


def _said(record: Record) -> str | None:
    known = truth(record.get("isRemote"))
    return None if known is None else str(known).lower()


def _one(opening: Record, page: Page, source: Source) -> Harvest:
    if text(opening.get("jobOpeningStatus")) not in OPEN:
        return Harvest(gone=tuple(one for one in (page.context.get("id"),) if one))
    found, problems = one_posting("bamboohr", page, posting(opening, page, source))
    return Harvest(found, problems=problems)


def posting(record: Record, page: Page, source: Source) -> Posting:
    """One opening. Fields used: jobOpeningName, jobOpeningShareUrl, locations, description, compensation, datePosted, locationType."""
    description, marked = body(record.get("description"))
    url = absolute(page.url, record.get("jobOpeningShareUrl")) or page.url.removesuffix("/detail")
    return Posting(
        url=url,
        native_id=page.context.get("id") or text(record.get("id")) or url.rsplit("/", 1)[-1],
        title=words(record.get("jobOpeningName")) or page.context.get("title") or "",
        organization=source.organization,
        location=_place(record) or page.context.get("location"),
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("datePosted")),
        remote=truth(page.context.get("remote")),
        country=name(record.get("atsLocation"), "country") or name(record.get("location"), "addressCountry"),
        employment_type=words(record.get("employmentStatusLabel")),
        structured_pay=in_words(words(record.get("compensation")), "bamboohr.compensation"),
        extra=extra(
            department=words(record.get("departmentLabel")),
            compensation=words(record.get("compensation")),
            location_type=text(record.get("locationType")),
        ),
    )


def _place(record: Record) -> str | None:
    """The opening's place; boards fill one of two fields."""
    for key in ("location", "atsLocation"):
        parts = dict.fromkeys(found for one in PLACE if (found := name(mapping(record.get(key)), one)))
        if parts:
            return ", ".join(parts)
    return None
