"""What is written down must hold together: the database would only say so row by row."""

import pytest

from demo.catalogue import DEMONSTRATIONS
from demo.figures import reporters

each_demonstration = pytest.mark.parametrize(
    "content", DEMONSTRATIONS.values(), ids=list(DEMONSTRATIONS)
)


@each_demonstration
def test_content_asks_exactly_those_who_report(content):
    measures = {measure.slug: measure for measure in content.measures}
    for collection in content.collections:
        for slug in collection.measures:
            if measures[slug].pattern:
                assert reporters(measures[slug]) == sorted(collection.organisations)


@each_demonstration
def test_content_asks_for_every_measure_once(content):
    asked = [slug for collection in content.collections for slug in collection.measures]

    assert sorted(asked) == sorted(measure.slug for measure in content.measures)


def test_content_protects_a_denominator_as_its_own_measure_does():
    """Otherwise the exact denominator of one measure gives away what another one hides."""
    measures = {m.slug: m for content in DEMONSTRATIONS.values() for m in content.measures}
    parts = [m for m in measures.values() if m.pattern and m.pattern.whole]
    assert parts
    for measure in parts:
        assert measure.disclosure == measures[measure.pattern.whole].disclosure, measure.slug


@each_demonstration
def test_content_has_a_sender_and_an_approver_wherever_returns_are_asked(content):
    answering = {who for collection in content.collections for who in collection.organisations}
    for role in ("contributor", "approver"):
        assert {p.organisation for p in content.people if p.role == role} == answering


@each_demonstration
def test_content_has_a_person_for_every_role_of_the_partnership(content):
    roles = {person.role for person in content.people if person.organisation is None}

    assert roles == {"analyst", "editor", "board_member", "administrator"}


@each_demonstration
def test_content_has_a_measure_for_every_purpose_of_the_current_partnership(content):
    served = {purpose for measure in content.measures for purpose in measure.purposes}

    for purpose in content.current.purposes:
        assert (content.current.slug, purpose.slug) in served


@each_demonstration
def test_content_says_that_invented_numbers_are_invented(content):
    for measure in content.measures:
        assert (measure.source == "Illustrative") == (measure.pattern is not None)
        assert ("invented" in measure.caveats) == (measure.pattern is not None)


@each_demonstration
def test_content_has_one_organisation_that_is_late(content):
    assert [c.slug for c in content.collections if c.late]


def test_content_of_slic_decides_about_every_programme_at_the_hand_over():
    decisions = [programme.handover.decision for programme in DEMONSTRATIONS["slic"].programmes]

    assert set(decisions) == {"sustain", "build_on", "close"}
    assert [
        programme.slug
        for programme in DEMONSTRATIONS["slic"].programmes
        if programme.handover.decision == "close"
    ] == [programme.slug for programme in DEMONSTRATIONS["slic"].programmes if programme.ends_on]
