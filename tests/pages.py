"""What stands on a page: its places, its links, its tables and lists, as a reader meets them."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """One page, read once."""

    def __init__(self, response):
        super().__init__()
        assert response.status_code == 200
        self.html = response.content.decode()
        self.ids: list[str] = []
        # Every link: where it leads, and its whole text.
        self.links: list[tuple[str, str]] = []
        # Every table: its caption, and its rows of cells.
        self.tables: list[tuple[str, list[list[str]]]] = []
        # Every list of terms: what stands open beside each, not what is folded away.
        self.lists: list[dict[str, str]] = []
        self._open: list[list[str]] = []
        self._caught: list[str] = []
        self._folded = 0
        self._row: list[str] = []
        self._term = ""
        self.feed(self.html)

    @property
    def text(self) -> str:
        """Everything that is printed, in one line."""
        return " ".join(" ".join(self._caught).split())

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "details":
            self._folded += 1
        elif tag == "a":
            self._open.append([])
            self.links.append((found.get("href", ""), ""))
        elif tag in ("caption", "th", "td", "dt", "dd"):
            self._open.append([])
        elif tag == "table":
            self.tables.append(("", []))
        elif tag == "tr":
            self._row = []
        elif tag == "dl":
            self.lists.append({})

    def handle_data(self, data):
        self._caught.append(data)
        for caught in self._open[-1:] if self._folded else self._open:
            if not self._folded or self._in_link:
                caught.append(data)

    @property
    def _in_link(self) -> bool:
        return bool(self.links) and self.links[-1][1] == ""

    def handle_endtag(self, tag):
        if tag == "details":
            self._folded -= 1
        elif tag == "a":
            self.links[-1] = (self.links[-1][0], self._closed())
        elif tag == "caption":
            self.tables[-1] = (self._closed(), self.tables[-1][1])
        elif tag in ("th", "td"):
            self._row.append(self._closed())
        elif tag == "tr":
            self.tables[-1][1].append(self._row)
        elif tag == "dt":
            self._term = self._closed()
        elif tag == "dd":
            self.lists[-1][self._term] = self._closed()

    def _closed(self) -> str:
        return " ".join("".join(self._open.pop()).split())
