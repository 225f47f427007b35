"""docs/rules.md is what the code prints."""

from pathlib import Path

from tracker.judging import RULES, rules_markdown
from tracker.judging.standing import STANDING

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_rules_is_what_the_table_says() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_markdown(), "Write it anew: python manage.py rules > docs/rules.md"


def test_the_changelog_names_every_rule() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    missing = [rule.rule_id for rule in (*RULES, *STANDING) if f"`{rule.rule_id}`" not in changelog]
    assert not missing
