"""What: care programmes, their milestones, the priorities, and what was decided at hand-over."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from partners.models import Organisation, Partnership, Place, Purpose
from partners.models.ranges import ends_after_start


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def live(self) -> "ProgrammeQuerySet":
        return self.filter(live=True)


@pghistory.track(
    exclude=[
        "latest_revision",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "has_unpublished_changes",
    ]
)
class Programme(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A care programme: whom it is for, what it does, who leads it and how to get it."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="programmes")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One sentence for people who may need it.")
    description = models.TextField(help_text="What it does. Blank lines part paragraphs.")
    audience = models.CharField(max_length=300, help_text="Whom it is for.")
    how_to_get_it = models.TextField(help_text="What to do, step by step.")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="led_programmes")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="programmes")
    places = models.ManyToManyField(Place, related_name="programmes")
    purposes = models.ManyToManyField(Purpose, blank=True, related_name="programmes")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [ends_after_start("starts_on", "ends_on", "programme_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme-detail", args=[self.slug])

    def get_preview_template(self, request, mode_name: str) -> str:
        return "programmes/programme_detail.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from programmes.selectors import programme_page

        return programme_page(self)


@pghistory.track()
class Milestone(models.Model):
    """Something a programme set out to do by a day."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=160)
    due_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Priority(models.Model):
    """What the partnership does first, and what it will turn to next."""

    class Horizon(models.TextChoices):
        IMMEDIATE = "immediate", "Now"
        FUTURE = "future", "Next"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="priorities")
    horizon = models.CharField(max_length=10, choices=Horizon)
    name = models.CharField(max_length=160)
    description = models.TextField()
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, blank=True, related_name="+")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="priorities")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["horizon", "order"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class HandoverDecision(models.Model):
    """What the next partnership was advised to do with a programme, and on what evidence."""

    class Decision(models.TextChoices):
        SUSTAIN = "sustain", "Sustain"
        BUILD_ON = "build_on", "Build on"
        CLOSE = "close", "Close"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="handover_decisions")
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        related_name="handover_decisions",
        help_text="Which hands over.",
    )
    decision = models.CharField(max_length=10, choices=Decision)
    evidence = models.TextField(help_text="What the decision rests on.")
    decided_on = models.DateField()

    class Meta:
        ordering = ["programme__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "partnership"], name="handover_one_decision_each"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="handover_rests_on_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.programme}"


# Which partners, places and purposes a programme has is recorded like its own fields.


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProgrammePartner(Programme.partners.through):  # type: ignore[name-defined]
    record_name = "Partner of a programme"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.organisation} in {self.programme}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProgrammePlace(Programme.places.through):  # type: ignore[name-defined]
    record_name = "Place of a programme"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.programme} in {self.place}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProgrammePurpose(Programme.purposes.through):  # type: ignore[name-defined]
    record_name = "Purpose of a programme"

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.purpose}: {self.programme}"
