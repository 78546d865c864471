"""What a browser would send from a page nobody has typed into."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The names and values of the form that changes something, or else of the last one."""

    def __init__(self):
        super().__init__()
        self.forms, self.area, self.select = [], None, None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.forms.append(({}, found.get("method", "get")))
        if not self.forms or not found.get("name") and tag not in ("option",):
            return
        if tag == "input":
            self._input(found)
        elif tag == "textarea":
            self.area = found["name"]
            self._add(self.area, "")
        elif tag == "select":
            self.select = found["name"]
        elif tag == "option" and self.select and "selected" in found:
            self._add(self.select, found.get("value", ""))

    def _input(self, found):
        if found.get("type") in ("radio", "checkbox") and "checked" not in found:
            return
        if found["name"] != "csrfmiddlewaretoken":
            self._add(found["name"], found.get("value", ""))

    def _add(self, name, value):
        self.forms[-1][0].setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.area:
            self.forms[-1][0][self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves out the first newline after the tag.
            typed = self.forms[-1][0][self.area]
            typed[-1] = typed[-1].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None


def as_shown(response, name="seen") -> dict:
    """The fields of the page's form that holds this field, as they are shown."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return next(dict(fields) for fields, _ in parser.forms if name in fields)
