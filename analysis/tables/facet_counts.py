"""How many gigs carry each value of the columns that matter, counted in advance."""

from __future__ import annotations

from urllib.parse import urlencode

from analysis.publication import Publication
from analysis.site_words import site
from analysis.standing import key_terms

AFTER = ("postings", "sources", "organizations")

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


def fill(pub: Publication) -> None:
    """Count every facet that `site.toml` names, and every key term."""
    pub.db.create_function("facet_path", 2, facet_path, deterministic=True)
    for facet in (*site()["facets"], *key_terms()):
        label, join = f'replace(p."{facet}", "_", " ")', ""
        if facet == "source_id":
            label, join = "s.name", "join sources s on s.id = p.source_id"
        pub.fill("facet_counts", COLUMN.format(facet=facet, label=label, join=join))
    pub.fill("facet_counts", MODALITY)


def facet_path(parameter: str, value: str) -> str:
    """The path of the gigs with a value."""
    return "/callboard/postings?" + urlencode({parameter: value})
