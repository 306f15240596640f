"""Who may write in the editor: whoever has the role "editor"."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.roles import EDITOR
from partners.models import Organisation
from programmes.models import Programme

GROUP = "Portal editors"  # not Wagtail's own "Editors", which may do other things
PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock")
SNIPPET_ACTIONS = ("add", "change", "publish", "view")
IMAGE_ACTIONS = ("add", "change", "choose")


@transaction.atomic
def grant(*, user: Any) -> None:
    """Let the person into the editor, with everything an editor needs there; twice is once."""
    user.groups.add(_group())
    _forget_permissions(user)


@transaction.atomic
def revoke(*, user: Any) -> None:
    """Keep the person out of the editor; nothing happens to somebody who was never let in."""
    user.groups.remove(*Group.objects.filter(name=GROUP))
    _forget_permissions(user)


def follow_role(user: Any) -> None:
    """Lets in who has the role, and nobody else; called whenever somebody's roles change."""
    if user.staff_memberships.filter(role=EDITOR.slug).exists():
        grant(user=user)
    else:
        revoke(user=user)


def _forget_permissions(user: Any) -> None:
    """Django keeps what it once looked up on the user; it must be looked up again."""
    for name in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(name, None)


def _group() -> Group:
    """The group of editors with its permissions, made where missing."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *_permissions(Organisation, SNIPPET_ACTIONS),
        *_permissions(Programme, SNIPPET_ACTIONS),
    )
    root = Page.get_first_root_node()
    for permission in _permissions(Page, PAGE_ACTIONS):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in _permissions(get_image_model(), IMAGE_ACTIONS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return group


def _permissions(model: Any, actions: tuple[str, ...]) -> list[Permission]:
    """The permissions of a model by their action, such as "change"."""
    names = [f"{action}_{model._meta.model_name}" for action in actions]
    content_type = ContentType.objects.get_for_model(model)
    return list(Permission.objects.filter(content_type=content_type, codename__in=names))
