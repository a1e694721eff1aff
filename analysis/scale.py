"""Against scale: an offer as a multiple of the reference rate in force on its day, and the words to read that by."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.comparable import Comparable
from analysis.reference_rates import ReferenceRate, rates
from crawler.records import Pay


@dataclass(frozen=True, slots=True)
class Against:
    """An offer against one rate. ratio: of the money that is compared to the rate; hourly: of one hour to one hour of the rate.

    `None` where nothing can be compared; words say what was done, or why nothing was.
    """

    rate: ReferenceRate | None
    ratio: float | None
    hourly: float | None
    words: str


def matching(currency: str | None, day: str | None) -> ReferenceRate | None:
    """The rate in force on a day (ISO 8601) for offers in a currency: its own country's first, else one that stands for all."""
    in_force = [rate for rate in rates() if day and rate.amount is not None and rate.valid_from <= day[:10] <= rate.valid_to]
    own = [rate for rate in in_force if currency in rate.for_currencies]
    return min(own or [rate for rate in in_force if "*" in rate.for_currencies], key=lambda rate: rate.rank, default=None)


def against(offer: Pay, figures: Comparable, day: str | None) -> Against:
    """The offer against the matching rate: its guaranteed money or its day against the rate's day, its hour against the rate's hour."""
    if offer.amount_min is None and offer.amount_max is None:
        return Against(None, None, None, "No sum is stated, so nothing is compared.")
    rate = matching(offer.currency, day)
    if rate is None or rate.amount is None:
        return Against(None, None, None, _no_rate(day))
    factor = _factor(offer, figures, rate)
    if factor is None:
        return Against(rate, None, None, f"The offer cannot be put into {rate.currency}, so it is not compared.")
    money, what = _whole(offer)
    ratio = None if money is None else round(money * factor / rate.amount, 4)
    hourly, at_most = _hourly(figures, factor, rate)
    return Against(rate, ratio if ratio is not None else hourly, hourly, _words(rate, what, ratio, hourly, at_most))


def _no_rate(day: str | None) -> str:
    return "No reference rate has been read for that day." if day else "The day of the posting is not known, so no rate is in force."


def _factor(offer: Pay, figures: Comparable, rate: ReferenceRate) -> float | None:
    """From the offer's currency to the rate's; rates for offers of any currency are in US dollars."""
    if offer.currency == rate.currency:
        return 1.0
    return figures.rate.usd if figures.rate and rate.currency == "USD" else None


def _whole(offer: Pay) -> tuple[float | None, str]:
    """The money that can stand beside a day's rate, and what it is: a guarantee, or the pay of a day."""
    if offer.floor is not None and offer.quantity and offer.quantity.kind == "guarantee":
        return offer.floor, f"The guaranteed {offer.floor:,.10g} {offer.currency}"
    if offer.unit == "day":
        money = offer.amount_min if offer.amount_min is not None else offer.amount_max
        least = "The offered day" if offer.amount_min is not None else "The offered day, at most,"
        return money, f"{least} of {money:,.10g} {offer.currency}"
    return None, ""


def _hourly(figures: Comparable, factor: float, rate: ReferenceRate) -> tuple[float | None, bool]:
    """One hour against one hour of the rate, by the low end where there is one; and whether it is a ceiling."""
    hour = figures.hourly_low if figures.hourly_low is not None else figures.hourly_high
    if hour is None or rate.hours is None or rate.amount is None:
        return None, False
    return round(hour * factor / (rate.amount / rate.hours), 4), figures.hourly_low is None


def _words(rate: ReferenceRate, what: str, ratio: float | None, hourly: float | None, at_most: bool) -> str:
    """ "The guaranteed 300 USD are 1.5 times a general background actor's day (about 200 USD) under ... of the time."."""
    day = f"a {rate.work}'s {rate.unit} ({_about(rate)}{rate.amount:,.10g} {rate.currency}{_hours(rate)})"
    under = f"under the {rate.body} {rate.agreement} agreement of the time"
    by_hour = f"an hour of it pays {'at most ' if at_most else ''}{_ratio(hourly)} times an hour of that day" if hourly is not None else ""
    if ratio is not None:
        return f"{what} {'is' if what.startswith('The offered') else 'are'} {_ratio(ratio)} times {day} {under}" + (
            f"; {by_hour}." if by_hour else "."
        )
    if hourly is not None:
        return f"{by_hour[0].upper()}{by_hour[1:]}: {day} {under}."
    return f"Not compared with {day}: the offer states neither a day nor its hours."


def _about(rate: ReferenceRate) -> str:
    return {"approximate": "about ", "computed": "computed: "}.get(rate.certainty, "")


def _hours(rate: ReferenceRate) -> str:
    return f" for {rate.hours:,.10g} hours" if rate.hours else ""


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"
