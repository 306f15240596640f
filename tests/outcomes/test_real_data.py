"""Real data as the staff would bring it in: defined, sent as files, approved, published."""

import csv
import html
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import User
from outcomes.actions import (
    collections,
    measures,
    rehearsals,
    releases,
    series,
    submissions,
    uploads,
)
from outcomes.models import Category, Collection, Measure, Release, Series, Upload
from outcomes.selectors import releases as read
from partners.models import Organisation, Partnership, Place, StaffMembership
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

OPEN_DATA = {
    "disclosure": "exact",
    "disclosure_reason": "The source publishes these very numbers, and hides small ones itself.",
}


@dataclass
class Staff:
    """A partnership, the people who work in it, and what they do with a file."""

    run_jobs: Callable[[], int]
    partnership: Partnership = None
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self):
        self.partnership = Partnership.objects.create(
            slug="real", name="Real Figures Partnership", short_name="Real figures",
            strapline="", about="", starts_on=date(2006, 1, 1),
        )  # fmt: skip
        for name in ("analyst", "second"):
            self.people[name] = people.make_person(f"{name}@example.org")
            StaffMembership.objects.create(
                user=self.people[name], role="analyst", partnership=self.partnership
            )
        self.people["approver"] = people.make_person("approver@example.org")

    def organisation(self, code: str, name: str, kind: str, **dates) -> Organisation:
        """A partner; the same person approves for each, who sends nothing."""
        made = Organisation.objects.create(
            slug=code.lower(), ods_code=code, name=name, kind=kind, **dates
        )
        self.partnership.memberships.create(organisation=made, joined_on=date(2006, 1, 1))
        StaffMembership.objects.create(
            user=self.people["approver"], role="approver", organisation=made
        )
        return made

    def measure(self, name: str, owner: Organisation, **fields) -> Measure:
        """One analyst writes and proposes it, another agrees."""
        fields = {
            "programme": None, "description": name, "rationale": "", "caveats": "",
            "denominator_label": "", "multiplier": 1, "decimals": 0, "frequency": "month",
            "next_review_on": None, "about_people": True, "sensitive": False,
            "ask_about_change": None, "screen_outliers": True, "signal_length": 7,
            "two_of_three_counts_outside": False, "name": name, "owner": owner,
            **OPEN_DATA, **fields,
        }  # fmt: skip
        measure = measures.create(
            partnership=self.partnership, reason="New", by=self.people["analyst"], **fields
        )
        version = measures.propose(version=measure.versions.get(), by=self.people["analyst"])
        seen = measures.fingerprint(version)
        return measures.agree(version=version, seen=seen, by=self.people["second"])

    def collection(self, name: str, wanted: list[Measure], first: date, last: date, **fields):
        return collections.create(
            partnership=self.partnership, measures=wanted, by=self.people["analyst"], name=name,
            organisations=list(self.partnership.organisations.all()), guidance="", reminder_days=[],
            due_working_days=15, closing_working_days=None, accepts_from=first, asks_from=first,
            asks_to=last, **fields,
        )  # fmt: skip

    def send(
        self, collection: Collection, path: Path, organisation: Organisation | None = None
    ) -> Upload:
        """Sends the file as it is, for one organisation or for all partners."""
        upload, _ = uploads.receive(
            collection=collection, organisation=organisation, by=self.people["analyst"],
            file=SimpleUploadedFile(path.name, path.read_bytes()),
        )  # fmt: skip
        return self.wait(upload)

    def wait(self, upload: Upload) -> Upload:
        """Lets it be read; then PostgreSQL counts rows, as it does by itself within a minute."""
        self.run_jobs()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE outcomes_submission, outcomes_observation")
        upload.refresh_from_db()
        return upload

    def publish(self, upload: Upload) -> Release:
        """What came of the file is sent, approved by a second person, and released by two more."""
        drafts = upload.submissions.all()
        seen = submissions.fingerprint(drafts)
        submissions.submit(submissions=drafts, seen=seen, by=self.people["analyst"])
        sent = upload.submissions.all()
        seen = submissions.fingerprint(sent)
        submissions.approve(submissions=sent, seen=seen, by=self.people["approver"])
        release = releases.plan(
            partnership=self.partnership, title=f"Figures: {upload.collection.name}",
            note="Published open data.", collections=[upload.collection],
            by=self.people["analyst"],
        )  # fmt: skip
        rehearsals.rehearse(release=release)
        release = Release.objects.get(pk=release.pk)
        seen = read.fingerprint(release)
        releases.approve(release=release, seen=seen, by=self.people["second"])
        releases.publish(release=release)
        self.run_jobs()
        return Release.objects.get(pk=release.pk)


@pytest.fixture
def tenths(db):
    """Tests that commit leave tables empty, also of what a migration put there."""
    if not Category.objects.filter(scheme="tenth").exists():
        import_module("outcomes.migrations.0017_name_tenths_of_deprivation").add(apps, None)


@pytest.fixture
def staff(tenths, run_jobs, monkeypatch):
    """Draws nothing: a thousand pictures take longer than all the rest, and others are tested."""
    monkeypatch.setattr(series, "_drawings", lambda *args: {"chart_wide": "<svg/>"})
    return Staff(run_jobs)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shown(client: Client, measure: Measure) -> dict[tuple[str, str], float | str]:
    """Everybody's CSV: (code of the part, period) → value, or why there is none."""
    lines = b"".join(client.get(f"/measures/{measure.slug}/data.csv").streaming_content)
    return {
        (row["part_code"], row["period"]): float(row["value"])
        if row["status"] == "value"
        else row["status"]
        for row in csv.DictReader(lines.decode("utf-8-sig").splitlines())
    }


def whole(measure: Measure, edition: str = "public") -> Series:
    return Series.objects.whole().get(measure=measure, edition=edition)


def cut(path: Path, folder: Path, keep) -> Path:
    """The file with some of its rows."""
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    short = folder / path.name
    short.write_text("".join([header, *filter(keep, lines)]), encoding="utf-8")
    return short


def test_performance_of_every_trust(staff, shared, client, tmp_path):
    path = shared / "data/tidy/ae_attendances_2016_2019.csv"
    path = cut(path, tmp_path, lambda line: line.startswith("2019-"))
    counts = defaultdict(lambda: [0, 0])
    for row in rows_of(path):
        for part in (row["org_code"], ""):
            both = counts[part, row["period"]]
            both[0] += int(row["attendances"]) - int(row["breaches"])
            both[1] += int(row["attendances"])
    codes = {code for code, _ in counts} - {""}
    owner, *_ = [staff.organisation(code, f"Organisation {code}", "trust") for code in codes]
    measure = staff.measure(
        "A&E 4-hour performance", owner, kind="proportion", multiplier=100, unit="%", decimals=1,
        numerator_label="people seen within 4 hours", denominator_label="people who came",
        sentence_subject="of people were seen within 4 hours", direction="increase", source="NHS",
    )  # fmt: skip
    first, last = date(2019, 1, 1), date(2019, 3, 1)
    upload = staff.send(staff.collection("A&E", [measure], first, last), path)
    assert (upload.state, upload.problem_count, upload.rows_of_others) == ("ready", 0, 0)
    release = staff.publish(upload)
    assert release.state == Release.State.PUBLISHED
    expected = {key: float(Fraction(100 * a, b)) for key, (a, b) in counts.items()}
    assert shown(client, measure) == expected
    good, all_ = counts["", "2019-03-01"]
    assert f"In March 2019, {100 * good / all_:.1f}% of people were seen" in words(client, measure)
    assert f"See all {len(codes)} numbers" in words(client, measure)


def test_deaths_by_borough(staff, shared, client):
    path = shared / "data/tidy/deaths_monthly_london_boroughs_2006_2017.csv"
    rows = [row for row in rows_of(path) if row["area_code"].startswith("E09")]
    for row in rows[:33]:
        place = Place.objects.create(
            slug=row["area_code"].lower(), name=row["area_name"], gss_code=row["area_code"]
        )
        place.partnerships.add(staff.partnership)
    office = staff.organisation("X25", "Office for National Statistics", "commissioner")
    contributor = staff.people["analyst"]
    StaffMembership.objects.create(user=contributor, role="contributor", organisation=office)
    measure = staff.measure(
        "Deaths registered", office, kind="count", numerator_label="deaths registered",
        unit="deaths", sentence_subject="were registered", direction="neutral", source="ONS",
    )  # fmt: skip
    collection = staff.collection("Deaths", [measure], date(2006, 1, 1), date(2017, 12, 1))
    upload = staff.send(collection, path, organisation=office)
    assert upload.state == "unknown"  # it is asked once what its columns mean
    browser = Client()
    people.sign_in(browser, contributor)
    answers = {
        "header_row": "1", "header_rows": "1", "period": "A", "period_format": "%Y-%m-%d",
        "organisation": "ours", "place": "B", "only_our_places": "on",
        "category_0_scheme": "age", "category_1_scheme": "age", "filter_0_how": "like",
        "filter_1_how": "like", "measure_0_numerator": "E", "name": "Deaths by borough",
    }  # fmt: skip
    response = browser.post(f"{upload.get_absolute_url()}columns/", answers | {"save": "1"})
    assert response.status_code == 302, response.context["form"].errors
    staff.wait(upload)
    assert (upload.state, upload.rows_accepted) == ("ready", len(rows))
    staff.publish(upload)
    expected = defaultdict(float)
    for row in rows:
        for code in (row["area_code"], "X25", ""):
            expected[code, row["month"]] += int(row["deaths_registered"])
    assert shown(client, measure) == expected
    page = words(client, measure)
    year = sum(value for (code, month), value in expected.items() if code == "" and month > "2017")
    assert f"{year:,.0f} deaths in the twelve months to December 2017" in page
    assert "The picture shows the latest 36 numbers. The table below it has all 144." in page


def test_talking_therapies_by_deprivation(staff, shared, client):
    path = shared / "data/tidy/nhs_talking_therapies_annual_local_2017_2024.csv"
    rows = rows_of(path)
    codes = {row["org_code"] for row in rows if row["org_type"] in ("CCG", "ICB")}
    owner, *_ = [staff.organisation(code, f"Area {code}", "commissioner") for code in sorted(codes)]
    measure = staff.measure(
        "Talking Therapies: recovery", owner, kind="proportion", multiplier=100, unit="%",
        numerator_label="people who recovered", denominator_label="people treated", decimals=1,
        sentence_subject="of people recovered", direction="increase", source="NHS England",
        frequency="year",
    )  # fmt: skip
    years = date(2017, 4, 1), date(2023, 4, 1)
    collection = staff.collection("Talking Therapies", [measure], *years, frequency="year")
    upload = staff.send(collection, path)
    assert (upload.state, upload.problem_count) == ("ready", 0)
    staff.publish(upload)
    counts = tenths_of(rows, codes)
    expected = {}
    for (year, tenth), (recovered, treated) in counts.items():
        hidden = recovered is None or treated is None
        value = "suppressed" if hidden else float(Fraction(100 * recovered, treated))
        expected[tenth, f"{year[:4]}-04-01"] = value
    found = shown(client, measure)
    assert {key: found[key] for key in expected} == expected
    assert "suppressed" in expected.values()
    latest = [counts["2023-24", f"tenth-{n}"] for n in range(1, 11)]
    (said,) = whole(measure).summary["inequalities"]
    slope = slope_of(latest)
    assert slope > 5  # people recover more often where they are less deprived
    texts = {row["key"]: row["value"] for row in said["rows"]}
    most, least = (100 * a / b for a, b in (latest[0], latest[-1]))
    gap = f"{least - most:.1f} percentage points lower in the most deprived tenth ({most:.1f}%)"
    assert texts["Gap"].startswith(gap)
    assert texts["Slope index of inequality"].startswith(f"{slope:.1f} percentage points: a line")
    assert "rises by so much from the most to the least deprived" in words(client, measure)


def tenths_of(rows, codes):
    """(year, tenth) → recovered and treated, None where a part is hidden; 1 is the most deprived.

    The file counts the other way round, and says so: “01 Least deprived”, “10 Most deprived”.
    """
    found = defaultdict(lambda: defaultdict(list))
    for row in rows:
        wanted = row["variable_type"] == "Indices of Deprivation Decile"
        if wanted and row["org_code"] in codes and row["measure_statistic"] == "count":
            number = row["variable_a"][:2]
            assert (number != "10") or row["variable_a"] == "10 Most deprived"
            tenth = f"tenth-{11 - int(number)}" if number.isdigit() else "not-known"
            found[row["reporting_period"], tenth][row["measure_name"]].append(row["value"])

    def total(values):
        return None if "*" in values else sum(map(int, values))

    return {
        key: (total(by_name["recovery"]), total(by_name["at_caseness"]))
        for key, by_name in found.items()
    }


def slope_of(tenths: list[tuple[int, int]]) -> float:
    """The weighted line through the percentages, worked out once more and in another way."""
    everybody, below, points = sum(n for _, n in tenths), 0, []
    for recovered, treated in tenths:
        points.append(((below + treated / 2) / everybody, 100 * recovered / treated, treated))
        below += treated
    middle = sum(n * x for x, _, n in points) / everybody
    mean = sum(n * y for _, y, n in points) / everybody
    up = sum(n * (x - middle) * (y - mean) for x, y, n in points)
    return up / sum(n * (x - middle) ** 2 for x, _, n in points)


def words(client: Client, measure: Measure) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(measure.get_absolute_url()).content.decode())
    return " ".join(html.unescape(text).split())
