from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.permissions import Permission
from accounts.roles import ROLES
from outcomes.actions import submissions, uploads
from outcomes.models import Submission
from tests import people
from tests.outcomes.world import GOOD, World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def send(world, run_jobs):
    """Sends a file as a person would and waits for its check; returns the upload."""

    def send(content=GOOD, *, name="figures.csv", by="rj1.contributor", for_all=False):
        data = content if isinstance(content, bytes) else content.encode()
        organisation = None if for_all else (world.rjz if "rjz" in by else world.rj1)
        upload, _ = uploads.receive(
            collection=world.collection,
            organisation=organisation,
            file=SimpleUploadedFile(name, data),
            by=world.person(by),
        )
        run_jobs()
        upload.refresh_from_db()
        return upload

    return send


@pytest.fixture
def sign_in(world):
    """A browser of its own for each person."""

    def sign_in(name="rj1.contributor") -> Client:
        client = Client()
        people.sign_in(client, world.person(name))
        return client

    return sign_in


@pytest.fixture
def submitted(world, send):
    """The submissions of a good file, sent for approval."""
    upload = send()
    drafts = upload.submissions.all()
    submissions.submit(
        submissions=drafts,
        seen=submissions.fingerprint(drafts),
        by=world.person("rj1.contributor"),
    )
    return Submission.objects.filter(upload=upload)


@pytest.fixture
def approved(world, submitted):
    submissions.approve(
        submissions=submitted,
        seen=submissions.fingerprint(submitted),
        by=world.person("rj1.approver"),
    )
    return submitted


@pytest.fixture
def take_away(monkeypatch):
    """Takes a permission from a role, to see what a page offers to somebody without it."""

    def take_away(role: str, permission: Permission) -> None:
        left = ROLES[role].permissions - {permission}
        monkeypatch.setitem(ROLES, role, replace(ROLES[role], permissions=left))

    return take_away
