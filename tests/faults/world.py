"""Makes the small partnership of the tests in the database of the environment, for real processes.

Run as `python -m tests.faults.world`: prints the session of each person as JSON.
"""

import json


def main() -> None:
    import django

    django.setup()

    from django.test import Client

    from tests.outcomes.world import make_world
    from tests.people import sign_in

    sessions = {}
    for name, person in make_world().people.items():
        client = Client()
        sign_in(client, person)
        sessions[name] = client.cookies["sessionid"].value
    print(json.dumps(sessions))


if __name__ == "__main__":
    main()
