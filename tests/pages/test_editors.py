from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from pages.actions.editors import GROUP, grant, revoke
from pages.actions.site import create_pages
from pages.models import HomePage
from partners.models import Organisation
from tests.pages.test_site import HOME, STATEMENTS
from tests.partners.factories import (
    make_organisation,
    make_partnership,
    make_place,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(
        places=[make_place()], partnership=make_partnership(), lead=make_organisation("trust")
    )


@pytest.fixture
def editor(programme, client):
    user = make_user("editor")
    grant(user=user)
    client.force_login(user)
    return user


def programme_values(programme, **changes):
    names = ("name", "slug", "summary", "audience", "how_to_get_it", "description")
    return {
        **{name: getattr(programme, name) for name in names},
        "partnership": programme.partnership_id,
        "lead": programme.lead_id,
        "starts_on": "2013-04-01",
        "places": [place.pk for place in programme.places.all()],
        **changes,
    }


def edit_url(thing, view="edit"):
    return reverse(thing.snippet_viewset.get_url_name(view), args=[thing.pk])


def test_editor_enters_the_editor_and_finds_pages_and_snippets(editor, client):
    create_pages(partnership=editor.staff_memberships.get().partnership, home=HOME)
    assert client.get("/cms/").status_code == 200
    assertNotContains(client.get("/cms/"), "Documents")
    home = HomePage.objects.get()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200
    assertContains(client.get("/cms/snippets/programmes/programme/"), "At-Home")
    assertContains(client.get("/cms/snippets/partners/organisation/"), "Trust")


@pytest.mark.parametrize("role", ["contributor", "approver", "analyst", "board_member"])
def test_others_may_not_enter_the_editor(programme, client, role):
    client.force_login(make_user(role))
    assert client.get("/cms/").status_code == 403


def test_group_without_the_role_opens_nothing(programme, client):
    user = make_user("analyst")
    grant(user=user)
    client.force_login(user)
    assert client.get("/cms/").status_code == 403


def test_visitor_is_asked_to_sign_in_on_the_portals_page(client):
    response = client.get("/cms/", follow=True)
    assert response.request["PATH_INFO"] == "/accounts/login/"
    assertRedirects(client.get("/cms/login/"), "/accounts/login/?next=/cms/")


def test_editor_at_the_sign_in_of_the_editor_goes_straight_in(editor, client):
    assertRedirects(client.get("/cms/login/?next=//elsewhere.example/"), "/cms/")


def test_account_page_of_the_editor_is_the_portals(editor, client):
    response = client.get(reverse("wagtailadmin_account"))
    assert response.url == reverse("account_change_password")


def test_wagtails_other_sign_in_is_closed(client):
    assertRedirects(
        client.get("/_util/login/?next=/x/"),
        "/accounts/login/?next=/x/",
        fetch_redirect_response=False,
    )


def test_password_reset_of_the_editor_does_not_exist(client, editor):
    assert client.get("/cms/password_reset/").status_code == 404


def test_signing_out_of_the_editor_signs_out_of_the_portal(editor, client):
    client.post(reverse("wagtailadmin_logout"))
    assert "_auth_user_id" not in client.session


def test_grant_twice_is_once(editor):
    before = Group.objects.get(name=GROUP).permissions.count()
    grant(user=editor)
    group = Group.objects.get(name=GROUP)
    assert group.permissions.count() == before
    assert group.page_permissions.count() == 5
    assert list(editor.groups.all()) == [group]


def test_revoke_closes_the_editor_again(editor, client):
    revoke(user=editor)
    assert client.get("/cms/", follow=True).status_code == 403


def test_revoke_of_somebody_never_let_in_does_nothing(programme):
    revoke(user=make_user("analyst"))
    assert not Group.objects.filter(name=GROUP, user__isnull=False).exists()


def test_programme_draft_changes_nothing_until_published(editor, programme, client):
    values = programme_values(programme, summary="New words.")
    client.post(edit_url(programme), values)
    assertNotContains(client.get(programme.get_absolute_url()), "New words.")
    client.post(edit_url(programme), {**values, "action-publish": "1"})
    assertContains(client.get(programme.get_absolute_url()), "New words.")
    assert programme.revisions.count() == 2


def test_programme_places_change_on_publication_only(editor, programme, client):
    southwark = make_place("Southwark", "E09000028")
    values = programme_values(programme, places=[southwark.pk])
    client.post(edit_url(programme), values)
    assert [p.name for p in programme.places.all()] == ["Lambeth"]
    client.post(edit_url(programme), {**values, "action-publish": "1"})
    assert [p.name for p in programme.places.all()] == ["Southwark"]


def test_programme_preview_shows_the_unsaved_words_on_the_real_page(editor, programme, client):
    url = edit_url(programme, "preview_on_edit")
    response = client.post(url, programme_values(programme, summary="Not yet public."))
    assert response.json()["is_valid"]
    preview = client.get(url)
    assertContains(preview, "Not yet public.")
    assertContains(preview, "How to get it")
    assertContains(preview, "Lambeth")
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    public = client.get(programme.get_absolute_url())
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    assertNotContains(public, "Not yet public.")


def test_programme_preview_works_before_the_first_save(editor, programme, client):
    url = reverse(programme.snippet_viewset.get_url_name("preview_on_add"))
    client.post(url, programme_values(programme, slug="new", name="Brand new help"))
    assertContains(client.get(url), "Brand new help")


def test_new_programme_is_a_draft_until_published(editor, programme, client):
    url = reverse(programme.snippet_viewset.get_url_name("add"))
    client.post(url, programme_values(programme, slug="new", name="Brand new help"))
    assert client.get("/programmes/new/").status_code == 404
    new = type(programme).objects.get(slug="new")
    assert not new.live
    assert [p.name for p in new.places.all()] == ["Lambeth"]


def test_organisation_preview_shows_the_real_page(editor, client):
    trust = Organisation.objects.get()
    url = edit_url(trust, "preview_on_edit")
    values = {"name": "Trust", "slug": "trust", "kind": "trust", "summary": "Soon."}
    assert client.post(url, values).json()["is_valid"]
    preview = client.get(url)
    assertContains(preview, "Soon.")
    assertContains(preview, "NHS trust")


def test_statement_preview_shows_the_draft(editor, client):
    create_pages(
        partnership=editor.staff_memberships.get().partnership, home=HOME, statements=STATEMENTS
    )
    page = HomePage.objects.get().get_children().get(slug="farewell").specific
    page.title, page.date = "Draft words", date(2016, 3, 30)
    page.save_revision()
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assertContains(client.get(url), "Draft words")
    assertNotContains(client.get("/farewell/"), "Draft words")
