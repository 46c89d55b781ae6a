"""What a strict Content-Security-Policy would refuse in a page."""

from html.parser import HTMLParser


class _Page(HTMLParser):
    def __init__(self, styles_allowed: bool) -> None:
        super().__init__()
        self.styles_allowed = styles_allowed
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        where = f"<{tag}> in line {self.getpos()[0]}"
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append(f"inline script {where}")
        if tag == "style":
            self.found.append(f"inline style sheet {where}")
        for name, value in attrs:
            target = (value or "").strip()
            if name == "style" and not self.styles_allowed:
                self.found.append(f"style attribute {where}")
            if name.startswith("on"):
                self.found.append(f"{name} attribute {where}")
            if name in ("href", "src", "action", "formaction") and target.lower().startswith(("javascript:", "data:")):
                self.found.append(f"{target[:20]} address {where}")
            elsewhere = target.startswith(("http:", "https:", "//"))
            if name == "src" and elsewhere:
                self.found.append(f"foreign source {target} {where}")
            if tag == "link" and name == "href" and elsewhere and given.get("rel") in ("stylesheet", "icon", "preload"):
                self.found.append(f"foreign source {target} {where}")


def looseness(text: str, styles_allowed: bool = False) -> list[str]:
    """Inline scripts and styles, event attributes, and sources from elsewhere, one line each."""
    page = _Page(styles_allowed)
    page.feed(text)
    page.close()
    return page.found
