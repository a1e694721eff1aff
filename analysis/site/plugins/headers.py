"""What browsers may do with our pages: nothing from elsewhere, no inline script, framed by nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from analysis.hook import hookimpl

POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
POLICY += "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
ADDED = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}

Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Any, Send], Awaitable[None]]


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Headers on every answer that does not set its own, stricter ones."""
    return wrapped


def wrapped(app: App) -> App:
    """The application with the headers added."""

    async def answer(scope: dict[str, Any], receive: Any, send: Send) -> None:
        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [[name, value] for name, value in ADDED.items() if name not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await app(scope, receive, with_headers if scope["type"] == "http" else send)

    return answer
