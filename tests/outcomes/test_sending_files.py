"""How much may be sent, what a file takes the place of, and what happens at the same moment."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from outcomes.actions import entry, profiles, uploads
from outcomes.models import Flag, ImportProfile, Observation, Upload
from outcomes.selectors import returns
from partners.models import StaffMembership
from tests import people
from tests.outcomes.world import AE_MAPPING, GOOD, HEADER

pytestmark = pytest.mark.django_db
APRIL = date(2016, 4, 1)


def file(content: str = GOOD) -> SimpleUploadedFile:
    return SimpleUploadedFile("figures.csv", content.encode())


# How much -----------------------------------------------------------------------------------------


@pytest.fixture
def receive(world):
    def receive(content=GOOD, *, by="rj1.contributor", organisation=None):
        return uploads.receive(
            collection=world.collection,
            organisation=organisation or world.rj1,
            file=file(content),
            by=world.person(by),
        )

    return receive


def test_files_that_wait_for_their_check_are_limited_for_each_organisation(
    world, receive, settings, run_jobs
):
    settings.UPLOAD_MAX_WAITING = 2
    receive(GOOD)
    receive(GOOD + "\n")
    with pytest.raises(uploads.TooMuch, match="2 of your files are still being checked"):
        receive(GOOD + "\n\n")
    receive(GOOD)  # the same file is no further one
    receive(GOOD + "\n\n", by="rjz.contributor", organisation=world.rjz)
    run_jobs()
    receive(GOOD + "\n\n")


def test_bytes_of_a_day_are_limited_for_each_organisation(world, receive, settings, run_jobs):
    settings.UPLOAD_BYTES_A_DAY = len(GOOD) * 2 + 10
    receive(GOOD)
    receive(GOOD + "\n")
    with pytest.raises(uploads.TooMuch, match="In 24 hours we take"):
        receive(GOOD + "\n\n")
    receive(GOOD + "\n\n", by="rjz.contributor", organisation=world.rjz)
    Upload.objects.update(received_at=timezone.now() - timezone.timedelta(hours=25))
    receive(GOOD + "\n\n")


def test_too_much_is_said_beside_the_file(world, sign_in, settings):
    settings.UPLOAD_BYTES_A_DAY = 10
    page = sign_in().post(world.collection.get_upload_url(), {"file": file()})
    assert page.status_code == 200
    assert "Send this one tomorrow" in page.content.decode()
    assert not Upload.objects.exists()


# What a file takes the place of -------------------------------------------------------------------


@pytest.fixture
def typed_by_ama(world):
    """A colleague has typed the figure of April."""
    ama = people.make_person("colleague@example.org", full_name="Ama Mensah")
    world.people["ama"] = ama
    StaffMembership.objects.create(user=ama, role="contributor", organisation=world.rj1)
    draft = entry.begin(collection=world.collection, organisation=world.rj1, period=APRIL, by=ama)

    def typed(numerator=900, denominator=1000):
        entry.save_cell(
            submission=draft, measure=world.measure, place=None, category=None,
            numerator=Decimal(numerator), denominator=Decimal(denominator), status="value",
            note="", seen=entry.fingerprint(draft.observations.first()), by=ama,
        )  # fmt: skip
        return draft

    return typed


def test_page_says_before_what_was_typed(world, sign_in, typed_by_ama):
    draft = typed_by_ama()
    contributor = world.person("rj1.contributor")
    assert returns.typed_in_drafts(contributor, world.collection) == [(draft, ["Ama Mensah"])]
    words = " ".join(sign_in().get(world.collection.get_upload_url()).content.decode().split())
    assert "April 2016, typed by Ama Mensah" in words
    assert not returns.typed_in_drafts(world.person("rjz.contributor"), world.collection)


def test_figures_of_a_colleague_that_a_file_replaces_are_asked_about(
    world, sign_in, send, typed_by_ama
):
    typed_by_ama()
    upload = send()
    assert Observation.objects.get(period=APRIL).denominator == 11554
    (flag,) = Flag.objects.filter(kind=Flag.Kind.REPLACED)
    assert flag.message == (
        f"The file replaced 1 figure that Ama Mensah typed. {world.measure}: 900 of 1000 is now "
        "10335 of 11554."
    )
    assert flag.is_open
    page = sign_in().get(upload.get_absolute_url()).content.decode()
    assert "that Ama Mensah typed" in page
    assert "Why is it right?" in page


def test_same_figure_and_own_figures_are_replaced_without_a_word(world, send, typed_by_ama):
    typed_by_ama(10335, 11554)
    send()
    assert not Flag.objects.filter(kind=Flag.Kind.REPLACED).exists()
    world.people["rj1.contributor"] = world.person("ama")
    send(GOOD.replace("11554", "12000"), by="ama")
    assert not Flag.objects.filter(kind=Flag.Kind.REPLACED).exists()


def test_figure_that_the_file_lacks_is_told_as_gone(world, send, typed_by_ama):
    typed_by_ama()
    world.collection.import_profiles.update(
        mapping=AE_MAPPING | {"category": {"value": "age:65-to-74"}}
    )
    from outcomes.models import Category

    Category.objects.get_or_create(scheme="age", slug="65-to-74", defaults={"name": "65 to 74"})
    send()
    flag = Flag.objects.get(kind=Flag.Kind.REPLACED)
    assert "900 of 1000 is now nothing." in flag.message


def test_reason_for_a_replaced_figure_lets_the_return_be_sent(world, send, sign_in, typed_by_ama):
    typed_by_ama()
    upload = send()
    flag = Flag.objects.get(kind=Flag.Kind.REPLACED)
    answered = {f"answer-{flag.pk}": "Our system is right.", f"value-{flag.pk}": flag.value}
    page = sign_in().post(f"{upload.get_absolute_url()}submit/", answered | {"reasons": "1"})
    assert page.status_code == 302
    flag.refresh_from_db()
    assert (flag.answer, flag.is_open) == ("Our system is right.", False)


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Mrs Smith, 943 476 5919, was counted twice", "an NHS number"),
        ("The patient of SE1 7EH moved away", "a postcode"),
        ("DOB 5/7/1948 was wrong", "a date of birth"),
    ],
)
def test_reasons_with_details_of_people_are_not_kept(
    world, send, sign_in, typed_by_ama, words, kind
):
    typed_by_ama()
    upload = send()
    flag = Flag.objects.get(kind=Flag.Kind.REPLACED)
    answered = {f"answer-{flag.pk}": words, f"value-{flag.pk}": flag.value, "reasons": "1"}
    page = sign_in().post(f"{upload.get_absolute_url()}submit/", answered).content.decode()
    assert f"This seems to hold {kind}. Never write details of single people here" in page
    assert words in page  # nothing that was typed is lost
    flag.refresh_from_db()
    assert flag.answer == ""


# At the same moment -------------------------------------------------------------------------------


def test_marked_file_of_an_earlier_check_is_not_kept(world, send, monkeypatch):
    """The file is checked again, with other columns, while its problems are being marked."""
    upload = send(f"{HEADER}\n2016-04-01,RJ1,1,many,1,1\n")
    Upload.objects.filter(pk=upload.pk).update(marked_file="")
    upload.refresh_from_db()

    def mark(path, target, work, **options):
        target.write_text("what was wrong before")
        Upload.objects.filter(pk=upload.pk).update(checked_at=timezone.now())
        return ".csv"

    with monkeypatch.context() as patch:
        patch.setattr("outcomes.intake.limited.mark", mark)
        uploads.mark(upload=upload)
    upload.refresh_from_db()
    assert not upload.marked_file
    uploads.mark(upload=upload)
    upload.refresh_from_db()
    assert upload.marked_file


@pytest.fixture
def unknown(world, send):
    """Two files of kinds that nobody knows yet."""
    world.collection.import_profiles.all().delete()
    return [send(f"month,trust,seen,{name}\n2016-04,RJ1,5,1\n") for name in ("a", "b")]


def test_name_that_somebody_took_meanwhile_is_a_sentence(world, unknown):
    mapping = AE_MAPPING | {"answers": {}}
    by = world.person("rj1.contributor")
    profiles.save(upload=unknown[0], name="Ward system", mapping=mapping, by=by)
    with pytest.raises(profiles.NameTaken, match="Another layout has this name"):
        profiles.save(upload=unknown[1], name="Ward system", mapping=mapping, by=by)
    other = profiles.save(upload=unknown[1], name="Other system", mapping=mapping, by=by)
    with pytest.raises(profiles.NameTaken):
        profiles.rename(profile=other, name="Ward system", by=by)
    names = ImportProfile.objects.values_list("name", flat=True)
    assert sorted(names) == ["Other system", "Ward system"]
