"""Lists of officials and organisations in and out."""

import csv
import io
import json

import pytest

from articles.models import Appointment, Organisation, Person
from articles.services.rosters import RosterRefusedError, import_roster, roster_csv, roster_popolo
from tests.archive.conftest import printed  # noqa: F401  (a fixture)
from tests.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

TABLE = """kind,name,distinction,other_names,organisation,post
organisation,河湾区林业局,,林业局；河湾林业局,,
person,程望舒,,,河湾区林业局,局长
person,石墨,教师,,,
"""


def test_table_makes_what_the_archive_lacks_and_twice_changes_nothing():
    report = import_roster(TABLE.encode(), "officials.csv")
    assert (report.made, report.known, report.problems) == (3, 0, [])
    assert str(Appointment.objects.get()) == "程望舒 河湾区林业局局长"
    assert Person.objects.get(name="石墨").distinction == "教师"
    assert {other.name for other in Organisation.objects.get().other_names.all()} == {"林业局", "河湾林业局"}
    assert Person.objects.get(name="程望舒").initials == "cws"
    again = import_roster(TABLE.encode("gb18030"), "officials.csv")
    assert (again.made, again.known) == (0, 3)


def test_bad_rows_are_told_by_number_and_the_others_go_in():
    report = import_roster("kind,name\nperson,\ntree,槐树\nperson,程望舒\n".encode(), "a.csv")
    assert report.made == 1
    assert [problem[:4] for problem in report.problems] == ["第2行：", "第3行："]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("名字\n程望舒\n".encode(), "a.csv"),
        (b"\xff\xff\xff\xff", "a.csv"),
        (b"[1]", "a.json"),
        (b"{", "a.json"),
        (b'{"persons": [{"id": 1}]}', "a.json"),
        (b"", "a.csv"),
    ],
)
def test_list_that_cannot_be_read_is_refused(content, name):
    with pytest.raises(RosterRefusedError):
        import_roster(content, name)
    assert not Person.objects.exists()


def test_popolo_goes_out_and_comes_in_again(printed):  # noqa: F811
    data = json.loads(json.dumps(roster_popolo()))
    assert [(m["role"], m["first_in_print"], m["last_in_print"]) for m in data["memberships"]] == [
        ("局长", "2021-03-05", "2021-03-05")
    ]
    Person.objects.all().delete()
    report = import_roster(json.dumps(data).encode(), "roster.json")
    assert (report.made, report.known) == (1, 1)
    assert str(Appointment.objects.get()) == "程望舒 河湾区林业局局长"


def test_exported_table_holds_posts_with_days_in_print(printed):  # noqa: F811
    PersonFactory(name="=石墨")
    OrganisationFactory(name="河湾区公安局")
    rows = list(csv.DictReader(io.StringIO("".join(roster_csv()).removeprefix("\ufeff"))))
    official = next(row for row in rows if row["name"] == "程望舒")
    assert (official["organisation"], official["post"], official["last_in_print"]) == (
        "河湾区林业局",
        "局长",
        "2021-03-05",
    )
    assert any(row["name"] == "'=石墨" for row in rows)
    assert not any(row["name"] == "孙河" for row in rows)
