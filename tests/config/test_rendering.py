"""What is written by hand is letter for letter what Django's templates write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.rendering import QuickForms

NASTY = "<b a=\"1\" c='2'>&amp; \u202e ё"
CHOICES = [("", "---"), ("a", gettext_lazy("Save")), (1, NASTY), ("Kinds", [("b", "B"), (NASTY, "C")])]
ATTRS: dict[str, Any] = {
    "class": NASTY, "disabled": True, "hidden": False, "rows": 3, "data-x": mark_safe("&quot;"), "title": "",
    "maxlength": 1000,
}  # fmt: skip


class Everything(forms.Form):
    text = forms.CharField(label=NASTY, help_text=NASTY, required=False)
    long = forms.CharField(widget=forms.Textarea(attrs=ATTRS), label=gettext_lazy("Save"))
    number = forms.IntegerField()
    flag = forms.BooleanField(required=False)
    choice = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES)
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    hidden = forms.CharField(widget=forms.HiddenInput)
    moment = forms.SplitDateTimeField()
    date = forms.DateField()
    address = forms.URLField(assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()


DATA = [
    None,
    {},
    {"text": NASTY, "long": "\n" + NASTY, "number": "1000000", "flag": "on", "choice": "1", "several": ["a", NASTY]},
    {"text": "", "choice": NASTY, "radio": "b", "hidden": NASTY, "moment_0": "2026-11-24", "date": "no date"},
]  # fmt: skip
WAYS: list[Callable[[Any], str]] = [
    str,
    lambda form: form.as_p(),
    lambda form: form.as_table(),
    lambda form: "".join(str(field) for field in form),
    lambda form: "".join(field.label_tag(attrs={"class": NASTY}) for field in form),
    lambda form: "".join(field.errors.as_ul() for field in form),
]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("way", WAYS)
def test_a_form_reads_the_same(data: Any, way: Callable[[Any], str]) -> None:
    def written(renderer: BaseRenderer) -> str:
        return way(Everything(data, renderer=renderer, initial={"text": NASTY, "several": [1]}))

    assert written(QuickForms()) == written(DjangoTemplates())


@pytest.mark.parametrize("errors", [[], ["No."], [NASTY, "Two."]])
def test_errors_read_the_same(errors: list[str]) -> None:
    pair = [str(ErrorList(errors, renderer=renderer)) for renderer in (QuickForms(), DjangoTemplates())]
    assert pair[0] == pair[1]


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea, forms.Select, forms.CheckboxInput])
def test_a_widget_reads_the_same_with_any_attributes(widget: Any) -> None:
    made = widget(attrs=ATTRS)
    for value in (None, "", NASTY, mark_safe("<i>"), 0, True):
        pair = [
            made.render(NASTY, value, {"id": "x"}, renderer) for renderer in (QuickForms(), DjangoTemplates())
        ]
        assert pair[0] == pair[1]
