"""The forms before a tender, for the test that fills every form in."""

from tests.factories.planning import (
    ConsultationFactory,
    GroundworkFactory,
    GroundworkFileFactory,
)


def authority(world):
    return world.tender.authority_id


def record(world):
    """One record of the authority, the same however often it is asked for."""
    found = world.tender.authority.groundwork.first()
    return (found or GroundworkFactory(authority=world.tender.authority)).pk


def consultation(world):
    return ConsultationFactory(groundwork_id=record(world)).pk


def file(world):
    return GroundworkFileFactory(groundwork_id=record(world)).pk


def used_record(world):
    return GroundworkFactory(authority=world.tender.authority, tender=world.tender).pk


def word(value):
    return lambda world: value


PARTS = ("title", "economic", "social", "environmental", "learned", "agreed", "nothing")
# State, who, page, what its address is made of.
FORMS = (
    ("D", "officer", "tenders:groundwork_begin", authority),
    *(("D", "officer", "tenders:groundwork_edit", record, word(part)) for part in PARTS),
    ("D", "officer", "tenders:consultation_add", record),
    ("D", "officer", "tenders:consultation_edit", record, consultation),
    ("D", "officer", "tenders:consultation_remove", record, consultation),
    ("D", "officer", "tenders:groundwork_attach", record),
    ("D", "officer", "tenders:groundwork_remove_file", record, file),
    ("D", "officer", "tenders:groundwork_use", record),
    ("D", "officer", "tenders:groundwork_take_out", used_record),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {"tenders:groundwork", "tenders:groundwork_file", "tenders:groundwork_list"}
ASKED_WITH = (
    ("officer", "tenders:groundwork_list", ("page",), []),
    ("officer", "tenders:groundwork_begin", ("planned", "tender"), [authority]),
    ("officer", "tenders:groundwork_begin", ("tender",), [authority]),
)
