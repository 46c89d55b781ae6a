"""Forms of the desk. They tell what is wrong in words an editor can act on."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import EDITOR, ROLE_NAMES, Article, Block, Paper
from articles.services.gestures import SAME
from articles.services.makeup import ARTICLE_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_NUMBER = {"invalid": _("这里要填数字")}


class PrintedDateField(forms.DateField):
    """2022-10-12, 2022/10/12, 2022年10月12日, 20221012."""

    default_error_messages = {
        "required": _("请填写出版日期"),
        "invalid": _("看不懂这个日期，请写成 2022-10-12 的样子"),
    }

    def to_python(self, value: Any) -> datetime.date | None:
        """A day, however it was written."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        match = _DATE.fullmatch(str(value).strip())
        if match:
            try:
                year, month, day = (int(part) for part in match.groups() if part is not None)
                return datetime.date(year, month, day)
            except ValueError:
                pass
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of an upload, empty ones too: the reader says what is wrong with each."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Sequence[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        """Each file by itself."""
        files = [file for file in data or [] if file]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """Which issue, and the files of its pages."""

    paper = forms.ModelChoiceField(
        Paper.objects.order_by("name"), required=False, label=_("报纸"), empty_label=_("另填新报纸")
    )
    new_paper = forms.CharField(max_length=100, required=False, label=_("新报纸的名称"))
    date = PrintedDateField(label=_("出版日期"))
    edition = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=1,
        required=False,
        label=_("版次"),
        error_messages=_NUMBER,
        help_text=_("同一天只出一次报时是 1"),
    )
    number = forms.IntegerField(
        min_value=1,
        max_value=999_999,
        required=False,
        label=_("期号"),
        error_messages=_NUMBER,
        help_text=_("不知道可以不填"),
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("版面文件"), error_messages={"required": _("还没有选择文件，请选择至少一个版面文件")}
    )

    def clean(self) -> dict[str, Any]:
        """A paper must be chosen or named."""
        data = super().clean() or self.cleaned_data
        if not data.get("paper") and not (data.get("new_paper") or "").strip() and "paper" not in self.errors:
            self.add_error("paper", _("请选择报纸，或写上新报纸的名称"))
        return data

    @property
    def paper_name(self) -> str:
        """The paper named or chosen. A list that shows the last paper is easily left as it is: what was typed counts."""
        chosen = self.cleaned_data.get("paper")
        return " ".join(self.cleaned_data["new_paper"].split()) or (chosen.name if chosen else "")


class StagedFileForm(forms.Form):
    """What an editor says about one waiting file."""

    number = forms.IntegerField(min_value=1, max_value=999, label=_("版号"), required=False, error_messages=_NUMBER)
    section = forms.CharField(max_length=50, required=False, label=_("版名"))
    taken = forms.ChoiceField(
        choices=[
            ("refuse", _("不收这个文件")),
            ("replace", _("换成这个文件，原文件另存")),
            ("append", _("两个文件都要")),
        ],
        required=False,
        initial="refuse",
        label=_("这一版已有文件"),
    )
    leave_out = forms.BooleanField(required=False, label=_("不要这个文件"))

    def answer(self) -> dict[str, Any]:
        """As `PageFile` takes it."""
        data = self.cleaned_data
        return {
            "page_number": data["number"],
            "section": data["section"],
            "taken": data["taken"] or "refuse",
        }


class ArticleForm(forms.ModelForm[Article]):
    """Every field of an article that is text."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        max_length=300, required=False, label=_("更正说明"), help_text=_("读者在稿件上看到这句话和更正的日期")
    )
    silent = forms.BooleanField(required=False, label=_("不必告诉读者：只是把识读错的字改成报上印的"))

    class Meta:
        model = Article
        fields = ("kicker", "headline", "subtitle", "body", "byline_text")
        widgets = {
            "headline": forms.TextInput,
            "subtitle": forms.TextInput,
            "body": forms.Textarea(attrs={"rows": 22, "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = published
        if not published:
            del self.fields["note"], self.fields["silent"]

    def clean(self) -> dict[str, Any]:
        """What readers could read already is not changed behind their back."""
        data = super().clean() or self.cleaned_data
        if self.published and not data.get("silent") and not (data.get("note") or "").strip():
            self.add_error("note", _("这篇已发布。请写明更正了什么，或勾选“不必告诉读者”"))
        return data

    @property
    def told(self) -> str:
        """What readers are told of the change."""
        data = self.cleaned_data
        return "" if data.get("silent") else data.get("note", "")

    def clean_body(self) -> str:
        """One paragraph a line, no empty ones."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["body"].splitlines())
        return "\n".join(line for line in lines if line)

    def texts(self) -> dict[str, str]:
        """As `edit_article` takes them."""
        return {name: " ".join(self.cleaned_data[name].split()) for name in self.Meta.fields if name != "body"} | {
            "body": self.cleaned_data["body"]
        }


class LinesForm(forms.Form):
    """Chosen lines and where they go. `to` is an article's id, `new` or `aside`."""

    lines = forms.TypedMultipleChoiceField(coerce=int, required=False)
    version = forms.IntegerField(required=False)
    to = forms.CharField(max_length=20)
    role = forms.ChoiceField(
        choices=[(SAME, _("照原样")), *((role.value, role.label) for role in Block.Role)], required=False
    )
    place = forms.ChoiceField(
        choices=[
            ("own", _("自成一段，按行号排")),
            ("first", _("自成一段，放在最前")),
            ("last", _("自成一段，放在最后")),
            ("ahead", _("自成一段，放在第几段前面")),
            ("into", _("并入第几段，按行号排")),
            ("before", _("接在第几段前面")),
            ("after", _("接在第几段后面")),
            ("trade", _("与那里原来的对调角色")),
        ],
        required=False,
    )
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Which lines there are is the page's business; here they only have to be numbers.
        self.fields["lines"].valid_value = lambda value: str(value).isdecimal()  # type: ignore[attr-defined]


class PageForm(forms.Form):
    """A page's number and section name."""

    number = forms.IntegerField(min_value=1, max_value=999)
    section = forms.CharField(max_length=50, required=False)


class PublicationForm(forms.Form):
    """When to publish, and whether in spite of doubts."""

    due_at = forms.DateTimeField(
        required=False,
        label=_("定时"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("看不懂这个时间，请写成 2022-10-12 06:00 的样子")},
    )
    in_doubt = forms.BooleanField(required=False, label=_("疑点未决也发布（主编）"))


class InvitationForm(forms.Form):
    """Who is invited."""

    username = forms.CharField(max_length=150, label=_("用户名"), error_messages={"required": _("请填写用户名")})
    name = forms.CharField(max_length=150, required=False, label=_("姓名"))
    role = forms.ChoiceField(choices=list(ROLE_NAMES.items()), initial=EDITOR, label=_("角色"))


class LogForm(forms.Form):
    """What of the log is asked for. `actor` 0 is the machine."""

    actor = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    kind = forms.CharField(required=False, max_length=30)
    since = PrintedDateField(required=False, label=_("从"))
    until = PrintedDateField(required=False, label=_("到"))


class ReasonForm(forms.Form):
    """Why an article is withdrawn."""

    reason = forms.CharField(
        max_length=300, label=_("撤下原因"), error_messages={"required": _("请写明撤下的原因，读者会看到")}
    )


ROLE_CHOICES = [*((role.value, role.label) for role in ARTICLE_ROLES), (SAME, _("照原样"))]
ASIDE_CHOICES = [(role.value, role.label) for role in Block.SET_ASIDE]
