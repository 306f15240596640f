"""Invented people, one for each role. The addresses can reach nobody: example.org is reserved."""

from demo.content import Person
from demo.slic import organisations as o

PEOPLE = (
    Person("Amara Lewis", "rj1.contributor@example.org", "contributor", o.GUYS),
    Person("Tom Hartley", "rj1.approver@example.org", "approver", o.GUYS),
    Person("Sunita Rao", "rjz.contributor@example.org", "contributor", o.KINGS),
    Person("Daniel Osei", "rjz.approver@example.org", "approver", o.KINGS),
    Person("Nadia Petrov", "analyst@example.org", "analyst"),
    Person("Owen Hughes", "second.analyst@example.org", "analyst"),
    Person("Grace Adeyemi", "editor@example.org", "editor"),
    Person("Michael Brandt", "board@example.org", "board_member"),
    Person("Yusuf Karim", "administrator@example.org", "administrator"),
    Person("Ellen Marsh", "rv5.contributor@example.org", "contributor", o.SLAM),
    Person("Kwame Boateng", "rv5.approver@example.org", "approver", o.SLAM),
    Person("Rosa Duarte", "practices.contributor@example.org", "contributor", o.PRACTICES),
    Person("Peter Nolan", "practices.approver@example.org", "approver", o.PRACTICES),
    Person("Leila Haddad", "southwark.contributor@example.org", "contributor", o.SOUTHWARK_COUNCIL),
    Person("James Whitlock", "southwark.approver@example.org", "approver", o.SOUTHWARK_COUNCIL),
    Person("Chloe Bennett", "lambeth.contributor@example.org", "contributor", o.LAMBETH_COUNCIL),
    Person("Ravi Menon", "lambeth.approver@example.org", "approver", o.LAMBETH_COUNCIL),
)
