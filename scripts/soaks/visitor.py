"""A signed-in person's browser, as far as a soak needs one: cookies, hidden fields, no script."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

SECONDS_TO_WAIT = 60


@dataclass(frozen=True)
class Answer:
    """What came back, and how long that took."""

    status: int
    location: str
    page: str
    seconds: float


@dataclass
class Visitor:
    """Somebody whose session was begun by the stage: signing in is not what is measured."""

    port: int
    cookies: dict[str, str]
    statuses: list[int] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def token(self) -> dict[str, str]:
        """The CSRF token of a page that everybody who is signed in has."""
        return hidden_fields(self.get("/account/logout/").page)

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        """A connection of its own for each; OSError or HTTPException when there is no answer."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("localhost", self.port, timeout=SECONDS_TO_WAIT)
        try:
            connection.request(method, path, body, self._headers())
            response = connection.getresponse()
            page = response.read().decode(errors="replace")
        finally:
            connection.close()
        for set_cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(set_cookie).items()}
        self.statuses.append(response.status)
        location = response.headers.get("Location", "")
        return Answer(response.status, location, page, time.monotonic() - began)

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "text/html",
        }


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden" and said.get("name"):
            self.fields[str(said["name"])] = said.get("value") or ""


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms: the CSRF token, and a bid's idempotency key."""
    parser = _Hidden()
    parser.feed(page)
    return parser.fields
