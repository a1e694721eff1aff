"""A schema.org JobPosting (schema.org/JobPosting) as a posting; used by every kind of source that carries one."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.records import Pay, Posting
from crawler.spiders._address import absolute, same_site
from crawler.spiders._fields import Record, body, each, extra, mapping, name, names, number, stated, text, words
from crawler.spiders._pay import offer

ADDRESS = ("addressLocality", "addressRegion", "addressCountry")


def posting(record: Record, url: str, organization: str | None, rule: str, own_page: bool = True) -> Posting:
    """One JobPosting found at url. organization stands in where it names none; rule names the place of its pay.

    own_page: url is this posting's own page, so that an address on another site (an employer's front page, as some boards write) is
    not taken for the posting's.
    """
    description, marked = body(record.get("description"))
    places = list(each(record.get("jobLocation")))
    areas = names(record.get("applicantLocationRequirements"))
    return Posting(
        url=_url(record, url, own_page),
        native_id=None,
        title=words(record.get("title")) or words(record.get("name")) or "",
        organization=name(record.get("hiringOrganization"), "name", "legalName") or organization,
        location="; ".join(dict.fromkeys(where for place in places if (where := _place(place)))) or areas,
        description=description,
        description_is_html=marked,
        posted_at=text(record.get("datePosted")),
        closes_at=text(record.get("validThrough")),
        remote=True if "TELECOMMUTE" in str(record.get("jobLocationType")).upper() else None,
        country=_country(places),
        employment_type=names(record.get("employmentType")),
        structured_pay=tuple(_salaries(record, rule)),
        extra=extra(
            identifier=name(record.get("identifier"), "value", "@id"),
            industry=names(record.get("industry")),
            category=names(record.get("occupationalCategory")),
            eligible=areas,
        ),
    )


def _url(record: Record, url: str, own_page: bool) -> str:
    given = absolute(url, record.get("url"))
    return given if given and (same_site(given, url) or not own_page) else url if own_page else ""


def _place(place: object) -> str | None:
    """ "Locality, Region, Country" of a Place, its name, or the words that stand for it."""
    address = mapping(place).get("address", place)
    parts = [name(mapping(address).get(key)) for key in ADDRESS]
    known = ", ".join(dict.fromkeys(part for part in parts if part))
    return known or stated(words(address)) or name(place)


def _country(places: list[object]) -> str | None:
    """The country, if all places lie in one."""
    found = {name(mapping(mapping(place).get("address")).get("addressCountry")) for place in places}
    return found.pop() if len(found) == 1 else None


def _salaries(record: Record, rule: str) -> Iterator[Pay]:
    """Every stated salary: MonetaryAmount around a number or QuantitativeValue, or a bare number with `salaryCurrency`."""
    currency = record.get("salaryCurrency")
    for salary in each(record.get("baseSalary")):
        for value in each(mapping(salary).get("value", salary)):
            yield from _salary(mapping(salary), value, currency, rule)


def _salary(salary: Record, value: object, currency: object, rule: str) -> Iterator[Pay]:
    inner, single = mapping(value), None if isinstance(value, dict) else number(value)
    low = _first(inner, salary, "minValue", "value") if single is None else single
    high = _first(inner, salary, "maxValue", "value") if single is None else single
    unit = text(inner.get("unitText")) or text(inner.get("unitCode")) or text(salary.get("unitText")) or text(salary.get("unitCode"))
    money = text(salary.get("currency")) or text(inner.get("currency")) or text(currency)
    yield from offer(low, high, money, unit, salary or str(value), rule)


def _first(inner: Record, outer: Record, *keys: str) -> float | None:
    found = (number(level.get(key)) for level in (inner, outer) for key in keys)
    return next((one for one in found if one is not None), None)
