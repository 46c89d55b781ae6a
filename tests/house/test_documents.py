"""What the documents say is there is there."""

import re
import tomllib

import pytest

from newsarchive.launch import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        path, _, heading = target.partition("#")
        if "://" in path:
            continue
        there = document.parent / path if path else document
        assert there.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", there.read_text(), re.M)
            assert heading in [title.lower().replace(" ", "-") for title in titles], target


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def names(*extras):
    """Packages that pyproject.toml asks for, these extras included."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {re.match(r"[\w-]+", line)[0] for line in lines}


def test_every_package_has_its_licence_and_reason():
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.M))
    assert listed - {"package"} == names("test", "dev", "bench", "ocr")


@pytest.mark.parametrize(
    ("pins", "extras"),
    [
        ("requirements.txt", ["test"]),
        ("requirements-dev.txt", ["test", "dev"]),
        ("requirements-bench.txt", ["bench"]),
        ("requirements-ocr.txt", ["ocr"]),
    ],
)
def test_every_package_is_pinned_without_naming_an_index(pins, extras):
    text = (ROOT / pins).read_text()
    assert names(*extras) <= set(re.findall(r"^([a-z0-9-]+)==", text, re.M))
    assert "://" not in text


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_that_are_named_exist(document):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / document).read_text(), re.M))
    assert "test" in named
    assert named <= targets
