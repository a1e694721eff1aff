"""Where the archived bytes of a capture are shown on the site."""

SQL = "'/-/evidence/' || {capture}"


def evidence_path(capture: int) -> str:
    """The path of a capture's evidence page."""
    return f"/-/evidence/{capture}"
