"""Finds or makes the organisation that a printed form stands for in a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from articles.models import Organisation, OrganisationName, Paper, ShortForm

from .names_of_bodies import is_relative, kind_of, within_district
from .spoken import speak_names

_LONGEST_NAME = 150
_LONGEST_SHORT_FORM = 50


class Bodies:
    """The organisations known by a set of printed forms. New ones wait in `fresh` until `save`.

    A form is looked up in the paper's short-form table first, as printed and as the district says it, then among
    names and other names, where it must mean one body. A name that only its district makes unambiguous is written
    into the short-form table of the paper that first printed it; the same name in another paper is another body.
    """

    def __init__(self) -> None:
        self._short_forms: dict[tuple[int, str], Organisation] = {}
        self._claimed: dict[int, set[int]] = defaultdict(set)  # organisation id → papers whose table leads to it
        self._named: dict[str, list[Organisation]] = defaultdict(list)
        self._living: set[str] = set()
        self._asked: set[str] = set()
        self._fresh: list[Organisation] = []
        self._fresh_names: list[OrganisationName] = []
        self._fresh_short_forms: list[ShortForm] = []

    def load(self, forms: Iterable[tuple[Paper, str]]) -> None:
        """Fetch what is known of these forms, in four queries however many there are."""
        wanted: set[str] = set()
        for paper, form in forms:
            wanted |= {form, within_district(form, paper.place), _full_name(form, paper)}
        wanted -= self._asked
        if not wanted:
            return
        self._asked |= wanted
        for short in ShortForm.objects.filter(short__in=wanted).select_related("organisation"):
            self._short_forms[(short.paper_id, short.short)] = living(short.organisation)
        for organisation in Organisation.objects.filter(name__in=wanted).select_related("merged_into"):
            self._remember(organisation.name, living(organisation))
        for other in OrganisationName.objects.filter(name__in=wanted).select_related("organisation__merged_into"):
            self._remember(other.name, living(other.organisation))
        ids = {body.pk for bodies in self._named.values() for body in bodies}
        for organisation_id, paper_id in ShortForm.objects.filter(organisation__in=ids).values_list(
            "organisation_id", "paper_id"
        ):
            self._claimed[organisation_id].add(paper_id)

    def find(self, form: str, paper: Paper) -> Organisation | None:
        """The body that this form means in this paper, None if that is unknown or not one body."""
        inside = within_district(form, paper.place)
        for short in (form, inside):
            if (paper.pk, short) in self._short_forms:
                return self._short_forms[(paper.pk, short)]
        for name in (form, inside, _full_name(form, paper)):
            bodies = [body for body in self._named[name] if self._may_mean(body, name, paper)]
            if len(bodies) == 1:
                return bodies[0]
        return None

    def find_or_make(self, name: str, surfaces: Iterable[str], paper: Paper, *, certain: bool) -> Organisation | None:
        """The body of a reading: by its fullest name, else by a form in print, else a new one.

        A doubtful reading finds, but neither makes a body nor teaches a new form.
        """
        name = name[:_LONGEST_NAME]
        surfaces = [surface[:_LONGEST_NAME] for surface in surfaces]
        # A form that the full name merely ends with (党工委 in 塔坡街道党工委) means this body in this article only.
        telling = [surface for surface in surfaces if surface != name and not name.endswith(surface)]
        body = self.find(name, paper) or next(filter(None, (self.find(form, paper) for form in telling)), None)
        if not certain:
            return body
        if body is None:
            body = self._make(name, paper)
        elif self.find(name, paper) is None and len(name) > 2:
            self._teach(name, body, paper)
        for surface in telling:
            if len(surface) > 1 and self.find(surface, paper) is None and not self._known_elsewhere(surface, paper):
                self._teach(surface, body, paper)
        return body

    def set_short_form(self, short: str, name: str, paper: Paper) -> None:
        """Say that this form means the body of this full name in this paper; a form that has a meaning keeps it."""
        named = self._named[name]
        self._claim(short, named[0] if named else self._new(name), paper)

    def save(self) -> None:
        """Write what is new."""
        Organisation.objects.bulk_create(self._fresh)
        OrganisationName.objects.bulk_create(self._fresh_names)
        ShortForm.objects.bulk_create(self._fresh_short_forms)
        self._fresh, self._fresh_names, self._fresh_short_forms = [], [], []

    def _make(self, name: str, paper: Paper) -> Organisation:
        own = name if name not in self._living else _full_name(name, paper)
        if own in self._living:
            return self._named[own][0]
        body = self._new(own)
        if is_relative(name):
            self._claim(within_district(name, paper.place), body, paper)
        return body

    def _new(self, name: str) -> Organisation:
        body = Organisation(name=name, kind=kind_of(name))
        speak_names(body)
        self._fresh.append(body)
        self._remember(name, body)
        return body

    def _teach(self, form: str, body: Organisation, paper: Paper) -> None:
        if is_relative(form):
            self._claim(within_district(form, paper.place), body, paper)
        elif form not in self._living:
            self._fresh_names.append(OrganisationName(organisation=body, name=form))
            self._remember(form, body)

    def _claim(self, short: str, body: Organisation, paper: Paper) -> None:
        if len(short) <= _LONGEST_SHORT_FORM and (paper.pk, short) not in self._short_forms:
            self._short_forms[(paper.pk, short)] = body
            self._fresh_short_forms.append(ShortForm(paper=paper, short=short, organisation=body))
            if body.pk:
                self._claimed[body.pk].add(paper.pk)

    def _may_mean(self, body: Organisation, name: str, paper: Paper) -> bool:
        """A relative name that another paper's table leads to is not this paper's."""
        if not is_relative(name):
            return True
        papers = {short.paper_id for short in self._fresh_short_forms if short.organisation is body}
        papers |= self._claimed.get(body.pk or 0, set())
        return not papers or paper.pk in papers

    def _known_elsewhere(self, form: str, paper: Paper) -> bool:
        return len([body for body in self._named[form] if self._may_mean(body, form, paper)]) > 1

    def _remember(self, name: str, body: Organisation) -> None:
        if body not in self._named[name]:
            self._named[name].append(body)
        if body.name == name:
            self._living.add(name)


def living(organisation: Organisation) -> Organisation:
    """The record that a merged one lives on in."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def _full_name(name: str, paper: Paper) -> str:
    """A name of the district with the district's own name before it, or the paper's where that is unknown."""
    inside = within_district(name, paper.place)
    above = inside[:1] in ("省", "市")
    full = f"{inside}（{paper.name}）" if above or not paper.place else f"{paper.place}{inside.removeprefix('区')}"
    return full[:_LONGEST_NAME]
