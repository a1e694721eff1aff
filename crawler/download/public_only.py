"""A public source never leads us into a private network: not by a link, not by a redirect, not by a name that resolves there."""

from __future__ import annotations

from typing import Any

from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

from crawler.spiders import _manners
from crawler.spiders._failures import Refused


class PublicOnly:
    """Stops a request on its way out. A redirect passes here too, as a request of its own."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> PublicOnly:
        """Made by Scrapy."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Refused for a page that `_manners` refuses."""
        run = self.crawler.spider.run
        refusal = _manners.refusal(request.url, run.source, run.settings.contact)
        if refusal:
            raise Refused(*refusal)


class PublicResolver(CachingThreadedResolver):
    """Refuses a public name that stands for a private address, before anything is sent there."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """The address of a host. Fails with Refused."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(refuse_private, name)


def refuse_private(address: str, name: str) -> str:
    """The address, if a host of this name may have it. Raises Refused."""
    if _manners.is_private(address) and not _manners.is_private(name):
        raise Refused("private_address", f"{name} stands for the private address {address}, refused")
    return address
