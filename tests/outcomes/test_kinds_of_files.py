"""A file nobody has seen before: somebody says once what its columns mean, then it is known."""

import csv
import io
import re
from decimal import Decimal
from html import unescape

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone

from outcomes.actions import profiles
from outcomes.intake.known import known
from outcomes.models import ImportProfile, Observation, Upload
from outcomes.selectors import layouts
from tests import people
from tests.outcomes.intake import files
from tests.outcomes.world import GOOD

pytestmark = pytest.mark.django_db

WARDS = (
    "Attendances by month,,,\nmade by our own system,,,\n\n"
    "When,Site,Came,Waited too long\nApril 2016,Main,1000,100\nMay 2016,Main,1100,*\n"
)
ANSWERS = {
    "header_row": "4",
    "header_rows": "1",
    "period": "A",
    "period_format": "month",
    "organisation": "ours",
    "measure_0_numerator": "C",
    "measure_0_numerator_more": "- D",
    "measure_0_denominator": "C",
    "category_0_scheme": "age",
    "category_1_scheme": "age",
    "filter_0_how": "like",
    "filter_1_how": "like",
    "mark_1": "suppressed",
    "name": "Our own system",
}


@pytest.fixture
def page(client, world):
    """Signs somebody in; the words of a page they get or of the answer to what they post."""

    def page(path, data=None, who="rj1.contributor", raw=False):
        people.sign_in(client, world.person(who))
        answer = client.get(path) if data is None else client.post(path, data, follow=True)
        assert answer.status_code == 200, answer.status_code
        html = answer.content.decode()
        return html if raw else " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())

    return page


def save(page, upload, run_jobs, **changes):
    words = page(upload.get_columns_url(), ANSWERS | changes | {"save": "1"})
    run_jobs()
    upload.refresh_from_db()
    return words


def numbers():
    return sorted(
        (str(o.period), o.numerator, o.denominator, o.status) for o in Observation.objects.all()
    )


def test_unknown_file_is_mapped_once_and_the_next_is_known(world, send, page, run_jobs):
    upload = send(WARDS)
    assert (upload.state, upload.first_look["rows"][3][0]) == ("unknown", "When")
    assert "Say what the columns mean" in page(upload.get_absolute_url())
    shown = page(upload.get_columns_url())
    assert "D: waited too long" in shown
    assert "Choose above what the columns mean" in shown
    preview = page(upload.get_columns_url(), ANSWERS | {"preview": "1", "name": ""})
    assert "900 1,000" in preview
    assert not ImportProfile.objects.filter(name="Our own system").exists()
    assert "Saved as “Our own system”" in save(page, upload, run_jobs)
    assert upload.state == "ready"
    assert numbers() == [
        ("2016-04-01", Decimal(900), Decimal(1000), "value"),
        ("2016-05-01", None, Decimal(1100), "suppressed"),
    ]
    profile = ImportProfile.objects.get(name="Our own system")
    assert (profile.organisation, profile.made_by) == (world.rj1, upload.received_by)
    later = send(WARDS.replace("\nmade by our own system,,,", "").replace("May", "June"))
    assert (later.state, later.profile) == ("ready", profile)  # one row of titles less


def test_layout_of_one_organisation_reads_no_files_of_another(world, send, page, run_jobs):
    save(page, send(WARDS), run_jobs)
    assert send(WARDS, by="rjz.contributor").state == "unknown"
    theirs = reverse("outcomes:profile-list", args=[world.collection.slug])
    assert "Our own system" in page(theirs)
    assert "Our own system" not in page(theirs, who="rjz.contributor")


def test_all_mistakes_are_shown_at_once_and_nothing_typed_is_lost(send, page):
    upload = send(WARDS)
    wrong = {
        "header_row": "99", "period": "", "measure_0_denominator": "", "name": "",
        "measure_0_numerator_more": "minus D", "filter_0": "B", "filter_0_words": "",
    }  # fmt: skip
    words = page(upload.get_columns_url(), ANSWERS | wrong | {"save": "1"}, raw=True)
    assert 'value="minus D"' in words
    for sentence in (
        "Enter a row from 1 to 6",
        "Answer the question: Where does the period stand?",
        "Say in which column this stands: Attendances",
        "Write letters of columns with + or − before each",
        "Enter the words to look for",
        "Enter a name for this layout",
    ):
        assert sentence in words


def test_other_header_row_offers_other_columns_without_complaint(send, page):
    upload = send(WARDS)
    words = page(upload.get_columns_url(), ANSWERS | {"header_row": "1", "look": "1"})
    assert "A: attendances by month" in words
    assert "There is a problem" not in words


def test_what_cannot_be_read_is_not_saved(send, page, run_jobs):
    upload = send(WARDS)
    words = save(page, upload, run_jobs, period_format="quarter")
    assert "None of these rows can be read like this." in words
    assert "This is not a period." in words
    assert upload.state == "unknown"


def test_saved_meaning_can_be_changed(world, send, page, run_jobs):
    upload = send(WARDS.replace("*", "-"))
    save(page, upload, run_jobs)
    assert (upload.state, upload.problem_count) == ("refused", 1)
    assert "Change what the columns mean" in page(upload.get_absolute_url())
    assert "- D" in str(profiles.changeable(upload).mapping["answers"])
    save(page, upload, run_jobs, mark_2="zero")
    assert upload.state == "ready"
    assert ImportProfile.objects.filter(organisation=world.rj1).count() == 1


def test_sheet_of_a_workbook_is_chosen(send, page, run_jobs):
    """Another sheet is looked at by a job; then its columns are chosen."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Read me").write(0, 0, "Ask us about these figures")
        sheet = book.add_worksheet("Wards")
        for number, line in enumerate(WARDS.split("\n")):
            sheet.write_row(number, 0, line.split(","))
    upload = send(file.getvalue(), name="wards.xlsx")
    assert (upload.state, upload.first_look["sheet"]) == ("unknown", "Read me")
    save(page, upload, run_jobs, sheet="Wards")
    assert (upload.state, upload.first_look["sheet"]) == ("unknown", "Wards")
    save(page, upload, run_jobs, sheet="Wards")
    assert upload.state == "ready"


def test_months_side_by_side_are_read(world, send, page, run_jobs):
    upload = send("Line,Apr-16,May-16\nCame,1000,1100\nWaited,100,110\n")
    across = {
        "header_row": "1", "period": "across", "measure_0_numerator": "figures",
        "measure_0_numerator_more": "", "measure_0_denominator": "figures",
        "measure_0_where": "A", "measure_0_where_words": "Came",
    }  # fmt: skip
    save(page, upload, run_jobs, **across)
    assert upload.state == "ready", upload.message
    assert [n[:3] for n in numbers()] == [
        ("2016-04-01", 1000, 1000),
        ("2016-05-01", 1100, 1100),
    ]


def test_known_national_file_needs_no_setting_up(world, send):
    header = "period,org_code,type,attendances,breaches,admissions"
    world.collection.import_profiles.all().delete()
    upload = send(f"{header}\n2016-04-01,RJ1,1,100,10,5\n")
    assert upload.profile.header == sorted(header.split(","))
    assert upload.profile.made_by is None


@pytest.mark.parametrize("organisation", ["rj1", "rjz"])
def test_layout_dropped_by_one_organisation_stays_for_the_others(world, organisation):
    """Even one that has the name of a national file."""
    name = known("ae-monthly-csv").name
    ImportProfile.objects.create(
        collection=world.collection,
        organisation=getattr(world, organisation),
        name=name,
        header=["a"],
        mapping={},
        retired_at=timezone.now(),
    )
    upload = Upload(collection=world.collection, organisation=world.rj1)
    offered = {each["id"] for each in layouts.to_read(upload)}
    assert ("known:ae-monthly-csv" in offered) == (organisation == "rjz")


def test_layouts_are_renamed_and_removed(world, send, page, run_jobs):
    upload = send(WARDS)
    save(page, upload, run_jobs)
    profile = upload.profile
    path = profile.get_absolute_url()
    assert "Another layout has this name" not in page(path, {"name": "Our own system"})
    page(path, {"name": "Wards"})
    profile.refresh_from_db()
    assert profile.name == "Wards"
    words = page(reverse("outcomes:profile-drop", args=[profile.uuid]), {})
    assert "reads no more files. Files that were read with it still say so." in words
    assert send(WARDS.replace("1100", "1200")).state == "unknown"
    assert Upload.objects.get(pk=upload.pk).profile == profile
    unused = ImportProfile.objects.create(
        collection=world.collection, organisation=world.rj1, name="Never used",
        header=[], mapping=files.TIDY, made_by=world.person("rj1.contributor"),
    )  # fmt: skip
    page(reverse("outcomes:profile-drop", args=[unused.uuid]), {})
    assert not ImportProfile.objects.filter(name="Never used").exists()


# --- Our own template ----------------------------------------------------------------------------


def template(client, world, kind):
    people.sign_in(client, world.person("rj1.contributor"))
    args = [world.collection.slug, world.rj1.slug, "2016-04-01", kind]
    answer = client.get(f"/work/collections/{args[0]}/{args[1]}/{args[2]}/template.{kind}")
    assert answer.status_code == 200
    return answer.content


def test_template_comes_back_as_csv_with_equal_numbers(client, world, send):
    send(GOOD)
    before = numbers()
    content = template(client, world, "csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["numerator"], row["denominator"], row["organisation"]) == ("10335", "11554", "RJ1")
    upload = send(content)
    assert (upload.state, upload.profile.name) == ("ready", "Our template")
    assert numbers() == before
    empty = send(
        content.replace("10335", "").replace("11554", "").replace(",,,2016", ",,late,2016")
    )
    assert numbers()[0][1:] == (None, None, "late"), empty.message


def test_template_comes_back_as_xlsx_with_equal_numbers(client, world, send):
    import openpyxl

    send(GOOD)
    before = numbers()
    content = template(client, world, "xlsx")
    upload = send(content, name="template.xlsx")
    assert (upload.state, upload.profile.name) == ("ready", "Our template")
    assert numbers() == before
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Figures"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["E2"].type == "list"
    assert rules["C2"].type == "custom"
    assert sheet.protection.sheet
    assert not sheet["C2"].protection.locked
    assert sheet["G2"].protection.locked


def test_template_left_empty_says_so(client, world, send):
    content = template(client, world, "csv").decode("utf-8-sig")
    upload = send(content)
    assert upload.state == "refused"
    assert "no row in it is one this collection asks for" in upload.message


@pytest.mark.parametrize(
    ("figures", "column", "message"),
    [
        ("10335,11554,late", "status", "a number and a reason why there is none"),
        (",11554,", "numerator", "Give it, or say in “status” why there is none"),
        (",,who knows", "status", "none of the reasons we know: not applicable"),
    ],
)
def test_template_that_contradicts_itself_is_asked_about(
    client, world, send, figures, column, message
):
    content = template(client, world, "csv").decode("utf-8-sig")
    upload = send(content.replace(",,,,2016", f",{figures},2016"))
    (problem,) = upload.problems.all()
    assert (upload.state, problem.row, problem.column) == ("refused", 2, column)
    assert message in problem.message
