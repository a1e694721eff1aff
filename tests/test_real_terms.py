"""Real terms on a gig's page: by the hour in US prices where there is an hour, else in the offer's own money and unit."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.site.plugins.words import period, real_terms

NOTHING: dict[str, Any] = dict.fromkeys(
    ("hourly_real_low", "hourly_real_high", "base_month", "real_low", "real_high", "real_base", "currency", "unit")
)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"hourly_real_low": 28.0, "base_month": "2026-08", "unit": "hour"}, "from 28 USD / hour, Aug 2026 prices"),
        ({"hourly_real_low": 20.0, "hourly_real_high": 41.2, "base_month": "2026-08"}, "20 to 41.20 USD / hour, Aug 2026 prices"),
        (
            {"real_low": 180.0, "real_high": 180.0, "real_base": "2026-08", "currency": "USD", "unit": "session"},
            "180 USD / session, Aug 2026 prices",
        ),
        ({"real_high": 250.0, "real_base": "2026-Q2", "currency": "AUD", "unit": "day"}, "up to 250 AUD / day, Q2 2026 prices"),
        ({"currency": "GBP", "unit": "day"}, "–"),
    ],
)
def test_an_offer_in_real_terms(known: dict[str, Any], words: str) -> None:
    assert str(real_terms(NOTHING | known)).replace('<br><span class="small">', ", ").removesuffix("</span>") == words


@pytest.mark.parametrize(("base", "words"), [("2026-08", "Aug 2026"), ("2026-Q2", "Q2 2026"), ("2025", "2025")])
def test_a_base_period_in_words(base: str, words: str) -> None:
    assert period(base) == words
