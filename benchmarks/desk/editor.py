"""An editor's browser without the browser: the desk's own addresses and forms."""

from __future__ import annotations

import json
import re
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

from benchmarks.desk.office import PASSWORD, PATIENCE, USER

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERSION = re.compile(r'name="version" value="(\d+)"')
_ISSUE = re.compile(r"/desk/issues/(\d+)/")
_FIELD = re.compile(r'name="(f\d+)-number"')


class LostError(Exception):
    """No answer came: whether it was done has to be looked up."""


@dataclass(frozen=True)
class Answer:
    """What came back, after redirects."""

    status: int
    url: str
    text: str


class Editor:
    """Signed in, with cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def get(self, path: str) -> Answer:
        """A page of the archive."""
        return self._open(urllib.request.Request(self.address + path))  # noqa: S310

    def post(self, path: str, fields: Sequence[tuple[str, str]], files: Sequence[tuple[str, bytes]] = ()) -> Answer:
        """A form of the archive."""
        token = next((cookie.value or "" for cookie in self._jar if cookie.name == "csrftoken"), "")
        fields = [("csrfmiddlewaretoken", token), *fields]
        request = urllib.request.Request(self.address + path, method="POST")  # noqa: S310
        if files:
            mark = secrets.token_hex(16)
            request.data = _multipart(fields, files, mark)
            request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        else:
            request.data = urllib.parse.urlencode(fields).encode()
        return self._open(request)

    def sign_in(self) -> None:
        """Through the login page."""
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", [("username", USER), ("password", PASSWORD)])
        assert answer.status == 200, answer

    def upload(
        self, paper: str, date: str, edition: int, files: Sequence[tuple[str, bytes]], numbers: Sequence[int]
    ) -> int:
        """An issue with its files, answering the question which pages they are. Returns the issue's id."""
        self.get("/desk/upload/")
        fields = [("new_paper", paper), ("date", date), ("edition", str(edition))]
        answer = self.post("/desk/upload/", fields, files)
        asked = _FIELD.findall(answer.text)
        if asked:
            answers = [(f"{name}-number", str(number)) for name, number in zip(asked, numbers, strict=True)]
            answer = self.post(urllib.parse.urlsplit(answer.url).path, answers)
        found = _ISSUE.search(answer.url)
        assert found, (answer.status, answer.url)
        return int(found.group(1))

    def version(self, page: int) -> int:
        """The page's version, from its desk."""
        found = _VERSION.search(self.get(f"/desk/pages/{page}/").text)
        assert found, f"page {page} has no desk"
        return int(found.group(1))

    def wait_until_read(self, issue: int) -> None:
        """Look at the progress until nothing is going on."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if "hx-trigger" not in self.get(f"/desk/issues/{issue}/progress/").text:
                return
            time.sleep(0.2)
        raise TimeoutError(f"issue {issue} is not read")

    def found(self, headline: str) -> set[int]:
        """Ids of the articles that a search for a headline finds, up to a hundred."""
        fields = {"q": f'headline:"{headline[:30]}"', "page_size": 100, "sort": "newest"}
        answer = self.get("/api/v1/search?" + urllib.parse.urlencode(fields))
        return {int(result["id"]) for result in json.loads(answer.text)["results"]}

    def wait_until_found(self, headline: str, article: int) -> None:
        """Search for an article by its headline until it is there."""
        until = time.monotonic() + PATIENCE
        while article not in self.found(headline):
            if time.monotonic() > until:
                raise TimeoutError(f"“{headline}” is not found")
            time.sleep(0.1)

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as response:
                return Answer(response.status, response.url, response.read().decode())
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            if error.code >= 500:
                raise LostError(f"{error.code} for {request.full_url}") from error
            return Answer(error.code, error.url or "", text)
        except (OSError, HTTPException) as error:
            raise LostError(str(error)) from error


def _multipart(fields: Sequence[tuple[str, str]], files: Sequence[tuple[str, bytes]], mark: str) -> bytes:
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: text/plain\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode()
