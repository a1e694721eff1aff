"""The error tree.

CallboardError
+-- UserMistake          what, where, what to do; printed as one line, exit status 2
|   +-- ConfigError      callboard.toml, a CALLBOARD_* variable or a source TOML is wrong
|   +-- UnreadableFile   a document has no text, is damaged, or is of a kind we do not read
+-- CaptureError         a WARC record cannot be written, found or verified
+-- StoreError           the store is locked by another crawl, damaged, or of a later schema
+-- PublishError         a publication failed its checks and was not moved into place
"""


class CallboardError(Exception):
    """Root of everything Callboard raises on purpose."""


class UserMistake(CallboardError):
    """Something the user can mend. Raised by the command line and by every reader of the user's files."""


class ConfigError(UserMistake):
    """An unknown key, a missing file or a wrong value. Raised by `config` and `catalog` at load."""


class UnreadableFile(UserMistake):
    """A file that cannot give text. Raised by `text`."""


class CaptureError(CallboardError):
    """A record that cannot be written, found or verified. Raised by `capture`."""


class StoreError(CallboardError):
    """A store that cannot be used. Raised by `store` and `migrations`."""


class PublishError(CallboardError):
    """A publication that failed its checks. Raised by `analysis.publish`."""
