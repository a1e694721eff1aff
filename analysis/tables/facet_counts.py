"""How many gigs carry each value of the columns that matter, counted in advance."""

from __future__ import annotations

from urllib.parse import urlencode

from analysis.publication import Publication
from analysis.site_words import site
from analysis.standing import key_terms

AFTER = ("postings", "sources", "organizations", "qualifiers")

COLUMN = """
select '{facet}' as facet, p."{facet}" as value, {label} as label, count(*) as n, sum(p.state = 'open') as open,
  facet_path('{facet}', p."{facet}") as rows
from postings p {join} where p."{facet}" is not null group by p."{facet}"
"""

MODALITY = """
select 'modality' as facet, m.value as value, replace(m.value, '_', ' ') as label, count(*) as n, sum(p.state = 'open') as open,
  facet_path('modalities__arraycontains', m.value) as rows
from postings p, json_each(p.modalities) m group by m.value
"""

QUALIFIER = """
select 'pay_qualifier' as facet, id as value, label, gigs as n, open, offers_path(id) as rows from qualifiers where gigs > 0
"""


def fill(pub: Publication) -> None:
    """Count every facet that `site.toml` names, and every key term."""
    pub.db.create_function("facet_path", 2, facet_path, deterministic=True)
    for facet in (*site()["facets"], *key_terms()):
        label, join = f'replace(p."{facet}", "_", " ")', ""
        if facet == "source_id":
            label, join = "s.name", "join sources s on s.id = p.source_id"
        pub.fill("facet_counts", COLUMN.format(facet=facet, label=label, join=join))
    pub.fill("facet_counts", MODALITY)
    pub.db.create_function("offers_path", 1, offers_path, deterministic=True)
    pub.fill("facet_counts", QUALIFIER)


def facet_path(parameter: str, value: str) -> str:
    """The path of the gigs with a value."""
    return "/callboard/postings?" + urlencode({parameter: value})


def offers_path(qualifier: str) -> str:
    """The path of the offers that carry a qualifier."""
    return "/callboard/offers_by_qualifier?" + urlencode({"qualifier": qualifier, "unit": "", "currency": ""})
