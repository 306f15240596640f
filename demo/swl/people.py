"""Invented people, one for each role. The addresses can reach nobody: example.org is reserved."""

from demo.content import Person
from demo.swl import organisations as o

# Who sends and who approves at each organisation that is asked for returns.
PAIRS = (
    (o.ST_GEORGES, "rj7", "Hannah Clarke", "Samuel Abara"),
    (o.EPSOM, "rvr", "Imran Siddiqui", "Joanna Firth"),
    (o.KINGSTON, "rax", "Beatriz Lima", "Oliver Dean"),
    (o.CROYDON, "rj6", "Tariq Mahmood", "Helen Squires"),
    (o.SWLSTG, "rqy", "Maya Fernando", "Patrick Quinn"),
    (o.SLAM, "rv5", "Ellen Marsh", "Kwame Boateng"),
    (o.PRACTICES, "practices", "Rosa Duarte", "Peter Nolan"),
    (o.COUNCIL_OF["croydon"], "croydon", "Naomi Grant", "Stephen Wells"),
    (o.COUNCIL_OF["kingston-upon-thames"], "kingston", "Anjali Shah", "Robert Kemp"),
    (o.COUNCIL_OF["merton"], "merton", "Lucy Trent", "Emeka Obi"),
    (o.COUNCIL_OF["richmond-upon-thames"], "richmond", "Fiona Baird", "Marek Zielinski"),
    (o.COUNCIL_OF["sutton"], "sutton", "Gareth Pryce", "Shanice Cole"),
    (o.COUNCIL_OF["wandsworth"], "wandsworth", "Isabel Moreno", "Andrew Tully"),
)

PEOPLE = (
    Person("Nadia Petrov", "analyst@example.org", "analyst"),
    Person("Owen Hughes", "second.analyst@example.org", "analyst"),
    Person("Grace Adeyemi", "editor@example.org", "editor"),
    Person("Michael Brandt", "board@example.org", "board_member"),
    Person("Yusuf Karim", "administrator@example.org", "administrator"),
    *(
        Person(name, f"{mailbox}.{role}@example.org", role, organisation)
        for organisation, mailbox, contributor, approver in PAIRS
        for role, name in (("contributor", contributor), ("approver", approver))
    ),
)
