"""How far an intake is, in one sentence each; and what went wrong, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Intake

STEPS = (
    ("waiting", gettext_lazy("Waiting for a worker")),
    ("fetching", gettext_lazy("Fetching the address")),
    ("reading", gettext_lazy("Reading what came")),
)
PROBLEMS: dict[str, Any] = {
    "refused": gettext_lazy("This address is not one that we fetch: only public web addresses are."),
    "unreachable": gettext_lazy("The address could not be fetched from here."),
    "blocked": gettext_lazy("The address is blocked where this server stands."),
    "challenge": gettext_lazy("The site asks visitors to prove that they are people, and we are none."),
    "walled": gettext_lazy("The article is behind a sign-in."),
    "not_found": gettext_lazy("There is no such page: the site says so."),
    "status": gettext_lazy("The site answered with an error."),
    "not_html": gettext_lazy("What stands there is no web page."),
    "too_big": gettext_lazy("The page is larger than we read."),
    "no_text": gettext_lazy("No article was found on the page."),
    "interrupted": gettext_lazy("Fetching was interrupted."),
}


@dataclass(frozen=True, slots=True)
class Step:
    word: Any
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Progress:
    sentence: str
    steps: tuple[Step, ...]
    is_over: bool


def progress_of(intake: Intake) -> Progress:
    names = [name for name, _word in STEPS]
    at = names.index(intake.state) if intake.state in names else len(names)
    steps = tuple(Step(word, i < at, i == at) for i, (_name, word) in enumerate(STEPS))
    if intake.state == "failed":
        sentence = PROBLEMS.get(intake.problem, PROBLEMS["unreachable"])
        return Progress(str(sentence), (), True)
    return Progress(str(STEPS[at][1]) + " …" if at < len(STEPS) else _("Read."), steps, at >= len(STEPS))
