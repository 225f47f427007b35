"""What somebody gave the intake to read, and what was read in it. No record of the world: internal, and gone soon."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.blocking import BlockEvent
from tracker.models.vocabulary import one_of

INTAKE_FORMS = [("address", _("an address")), ("text", _("a text")), ("page", _("the address of a page"))]
INTAKE_STATES = [
    ("waiting", _("waiting")),
    ("fetching", _("fetching")),
    ("reading", _("reading")),
    ("read", _("read")),
    ("failed", _("failed")),
    ("used", _("used")),
]
INTAKE_UNREAD = ("waiting", "fetching", "reading")


class Intake(models.Model):
    """One text or address, of the person who gave it and of nobody else.

    ``published`` is the text's own date in as many digits of ISO 8601 as are known. ``draft`` is what
    ``events.intake.Draft.as_json`` gives; its spans are offsets into ``text`` and ``title``. ``event`` is what
    came of it.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()
    given = models.CharField(max_length=8, choices=INTAKE_FORMS)
    url = models.CharField("address", max_length=2000, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    published = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=16, blank=True, default="")
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=INTAKE_STATES)
    problem = models.CharField(max_length=32, blank=True, default="")
    detail = models.CharField(max_length=300, blank=True, default="")
    draft = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField()
    event = models.ForeignKey(BlockEvent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            one_of("given", INTAKE_FORMS, "intake_form_known"),
            one_of("state", INTAKE_STATES, "intake_state_known"),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(problem="") | ~Q(state="failed") & Q(problem=""),
                name="intake_failed_has_problem",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["read", "used"], draft__isnull=False)
                | ~Q(state__in=["read", "used"]) & Q(draft__isnull=True),
                name="intake_read_has_draft",
            ),
            models.CheckConstraint(condition=~Q(text="") | ~Q(url=""), name="intake_has_text_or_address"),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(state="used"), name="intake_with_event_is_used"
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-given_at"], name="intake_own_newest"),
            models.Index(fields=["id"], name="intake_unread", condition=Q(state__in=INTAKE_UNREAD)),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.text[:60]
