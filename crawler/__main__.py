"""`python -m crawler`: the crawl side's own commands."""

from crawler.cli import crawl_side

if __name__ == "__main__":
    crawl_side()
