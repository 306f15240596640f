"""Publishes what is approved, in the database of the environment; run as a module.

All at once, so that a worker that would do a part of it finds it done.
"""

from uuid import uuid4


def main() -> None:
    import django

    django.setup()

    from django.db import transaction

    from accounts.models import User
    from outcomes.models import Collection, Measure, Submission
    from partners.models import Organisation, Partnership
    from tests.outcomes.world import World, publish

    world = World(
        Partnership.objects.get(),
        *Organisation.objects.order_by("slug"),
        Measure.objects.get(),
        Collection.objects.get(),
        {user.email.removesuffix("@example.org"): user for user in User.objects.all()},
    )
    with transaction.atomic():
        publish(world, Submission.objects.filter(state="approved"), title=f"Release {uuid4()}")


if __name__ == "__main__":
    main()
