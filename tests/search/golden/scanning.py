"""What a query must find, by a plain look at every article: nothing here knows the engine, its cutter or its index.

A scan is a list of demands that must all hold. A demand is one test, or several parted by " || " of which one must
hold; a "-" in front turns a test round:

text:防汛   headline:防汛   person:江南   org:北塬经开区管委会   signed:孟繁星   date:2021-06-01..2021-06-30
section:要闻   page:1
"""

import unicodedata

from .archive import body_of, known_articles, person_of


def plain(text: str) -> str:
    """One width, one case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Scanned:
    """An article's normalised strings and the facts known of it."""

    def __init__(self, known) -> None:
        self.id = known["id"]
        self.date, self.page, self.section = known["date"], known["page"], known["section"]
        self.headline = plain(known["headline"])
        parts = (known["headline"], known["kicker"] or "", known["subtitle"] or "", *known["paras"])
        self.parts = [plain(part) for part in parts]
        self.people = {person_of(self.id, person["name"]) for person in known["people"]}
        self.bodies = {body_of(body["name"]) for body in known["organisations"]}
        self.signed = {byline["name"] for byline in known["bylines"]}

    def meets(self, test: str) -> bool:
        if test.startswith("-"):
            return not self.meets(test[1:])
        kind, _, value = test.partition(":")
        match kind:
            case "text":
                return any(plain(value) in part for part in self.parts)
            case "headline":
                return plain(value) in self.headline
            case "person":
                return value in self.people
            case "org":
                return value in self.bodies
            case "signed":
                return value in self.signed
            case "date":
                first, _, last = value.partition("..")
                return (first or "0000") <= self.date <= (last or "9999")
            case "section":
                return self.section == value
            case "page":
                return self.page == int(value)
        raise ValueError(f"no such test: {test}")


ARTICLES = [Scanned(known) for known in known_articles()]


def scan(demands, among=ARTICLES):
    """Ids of the articles that meet every demand, in printed order."""
    return [article.id for article in among if all(any(map(article.meets, demand.split(" || "))) for demand in demands)]


# Filters of a question beside its query, as demands; by the facet that leaves them out when it counts.
OWN = {
    "people": ("people", "person:{}"),
    "organisations": ("organisations", "org:{}"),
    "reporters": ("reporters", "signed:{}"),
    "section": ("sections", "section:{}"),
    "page_no": ("pages", "page:{}"),
    "date_from": ("dates", "date:{}.."),
    "date_to": ("dates", "date:..{}"),
}


def demands_of(filters, *, leaving_out=""):
    """The filters as demands, those of one facet left out."""
    demands = []
    for name, value in filters.items():
        facet, form = OWN[name]
        if facet != leaving_out:
            demands += [form.format(one) for one in (value if isinstance(value, list) else [value])]
    return demands


def ordered(ids, sort):
    """Newest: latest day first, then the article printed later; oldest: the other way round."""
    place = {article.id: (article.date, number) for number, article in enumerate(ARTICLES)}
    return sorted(ids, key=place.__getitem__, reverse=sort == "newest")
