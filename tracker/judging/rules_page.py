"""The public list of rules, as a page: what every verdict's ``rule_id`` means."""

from __future__ import annotations

from tracker.judging.rules import RULES, RULES_VERSION
from tracker.judging.sight import Rule
from tracker.judging.standing import STANDING

_INTRODUCTION = """# Rules

This page is generated from the table of rules; do not edit it by hand.

A verdict names the rule that made it. The rules are tried in this order and the first that holds decides. A
`rule_id` keeps its meaning for ever: a rule that means something else gets another id.
"""
_STANDING = """## Without a look

These say why a status is not known; no single look gives them.
"""


def rules_markdown() -> str:
    """The whole of ``docs/rules.md``, ending in a line break; the same for the same rules."""
    version = f"Version of the rules: `{RULES_VERSION}`"
    return "\n".join((_INTRODUCTION, f"{version}\n", _table(RULES), _STANDING, _table(STANDING)))


def _table(rules: tuple[Rule, ...]) -> str:
    head = "| | rule | state | mechanism | because |\n|---:|---|---|---|---|"
    return "\n".join((head, *(_row(number, rule) for number, rule in enumerate(rules, 1)))) + "\n"


def _row(number: int, rule: Rule) -> str:
    mechanism = f"`{rule.mechanism}`" if rule.mechanism else ""
    because = rule.because.replace("|", "\\|")
    return f"| {number} | `{rule.rule_id}` | `{rule.state}` | {mechanism} | {because} |"
