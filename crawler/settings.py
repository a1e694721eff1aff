"""Scrapy's settings: robots obeyed, slow, under an honest name, nothing listening. Read from `callboard.toml` as everything else."""

from crawler import config
from crawler.spiders import _manners

_settings = config.load()

BOT_NAME = "callboard"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
USER_AGENT = _manners.user_agent(_settings.contact)

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = _manners.ROBOT  # the product token alone: a contact with "bot" or "google" in it would match their rules
TWISTED_DNS_RESOLVER = "crawler.download.public_only.PublicResolver"
DOWNLOAD_DELAY = _settings.delay
CONCURRENT_REQUESTS_PER_DOMAIN = _settings.per_host
CONCURRENT_REQUESTS = max(4, 2 * _settings.per_host)  # pages in hand have to arrive before a crawl can end
AUTOTHROTTLE_ENABLED = _settings.delay > 0
AUTOTHROTTLE_START_DELAY = _settings.delay
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 408]  # 429 asks us to go away: that is an outcome, not a reason to ask again
HTTPERROR_ALLOW_ALL = True  # every answer is archived and counted by us, an unchanged page (304) above all
COOKIES_ENABLED = False

DOWNLOAD_TIMEOUT = _settings.timeout
DOWNLOAD_MAXSIZE = _settings.max_body
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
CLOSESPIDER_TIMEOUT = _settings.crawl_timeout
DOWNLOAD_VERIFY_CERTIFICATES = True

# Both open a port that runs Python for whoever reaches it; on by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Scrapy starts this many tasks for every response; measured at 1.5 times the cost with its default of 100.
CONCURRENT_ITEMS = 2

DOWNLOADER_MIDDLEWARES = {
    "crawler.download.public_only.PublicOnly": 50,
    "crawler.download.crawl_delay.CrawlDelay": 110,
    "crawler.download.conditional.ConditionalRequest": 450,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "crawler.download.archive.ArchiveResponse": 585,  # the body is unpacked (590) and the retry has not been decided (550)
}
EXTENSIONS = {
    "crawler.download.ending.SettleCrawl": 100,
    # Left out, not only off: what they import costs a third of a short crawl.
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
