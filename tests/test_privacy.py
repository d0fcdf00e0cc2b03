"""Every model that touches people says what it keeps, why, on what ground, how long, and how deep each field lies."""

import pytest
from django.apps import apps
from django.db import models

from liren.core.privacy.declared import Privacy, at, declare, declared
from liren.core.privacy.tiers import Tier

# Rows of these say nothing about anybody, or nothing that their owner's declaration does not say already.
SILENT = {
    "audit.TraceHead": "the end of the chain: a count and two hashes",
    "areas.Area": "streets, communities and grids; offices, not people",
    "accounts.Post": "which office an account holds; shown with the account",
    "accounts.SetupCode": "a hash, before anybody is known",
    "rules.Rule": "numbers of law",
    "rules.OfficialDay": "feasts and make-up days of everybody",
    "places.Estate": "names of estates and of property firms",
    "people.Label_circle": "declared with the label as its circle",
    "logbook.RecordKind": "which ledger a record stands in",
    "logbook.WorkRecord_people": "declared with the record as its people",
    "logbook.WorkRecord_photos": "declared with the record as its photos",
    "portal.Announcement": "texts for everybody, by colleagues",
    "matters.Circle": "which colleagues may know of a matter",
    "matters.MatterLink": "which matters belong together, and a word why",
    "figures.ClosedMonth": "a month, how many rows it has, and a hash over them",
    "figures.FrozenRow": "which matter counted in which figure; whom it concerns stands with the matter",
    "matters.Series": "the last running number",
    "matters.Todo": "the next step and its time; whom it concerns stands with the matter",
    "governance.CheckPoint": "places that are looked at on a round",
    "governance.Round": "which colleague went round where and when",
    "governance.RoundMark": "that a place was looked at; what was wrong stands with the hazard",
    "governance.DutyItem": "what is the community's duty and what is not",
    "governance.CalendarItem": "what a community does every year",
    "governance.CalendarChoice": "which proposal of the year was taken up or left out",
    "imports.ImportBatch": "the title of a roster and how far it is read",
    "imports.ImportFile": "the name of a file; its content is declared as the document",
    "imports.ImportTable": "headings and counts of a sheet",
    "imports.HeaderMemory": "which heading means what",
    "registry.Sweep": "when a community was last gone through, and how many people it had",
    "registry.SavedView": "conditions that a colleague saved, over facts; no answers to them",
}


def ours():
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("liren.")
        for model in config.get_models(include_auto_created=True)
    ]


def fields_of(model):
    own = [f for f in (*model._meta.concrete_fields, *model._meta.many_to_many) if not f.primary_key]
    return {field.name for field in own}


DECLARED = [(model, declared().get(model._meta.label)) for model in ours()]
SPOKEN = [(model, privacy) for model, privacy in DECLARED if privacy]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_is_declared_or_listed(model):
    label = model._meta.label
    assert (label in declared()) != (label in SILENT), "declare it in privacy.py, or say in SILENT why not"


def test_nothing_is_declared_or_listed_that_does_not_exist():
    assert declared().keys() <= {model._meta.label for model in ours()}


@pytest.mark.parametrize(("model", "privacy"), SPOKEN, ids=lambda x: getattr(x, "name", ""))
def test_a_declaration_names_each_field_once(model, privacy):
    told, plain = set(privacy.fields), set(privacy.plain)
    assert not told & plain
    assert told | plain == fields_of(model), "a field was added or renamed: say how deep it lies"


@pytest.mark.parametrize(("model", "privacy"), SPOKEN, ids=lambda x: getattr(x, "name", ""))
def test_a_declaration_says_why_on_what_ground_and_how_long(model, privacy):
    for text in (privacy.name, privacy.purpose, privacy.basis, privacy.retention):
        assert len(text) >= 2
    assert len(privacy.basis) > 8
    assert all(field.name for field in privacy.fields.values())


@pytest.mark.parametrize(("model", "privacy"), SPOKEN, ids=lambda x: getattr(x, "name", ""))
def test_what_is_sealed_lies_deep(model, privacy):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.BinaryField):
            assert privacy.tier_of(field.name) >= Tier.T2, f"{field} is sealed: it cannot be for everybody"


def test_a_text_field_of_a_number_is_never_kept_open():
    for model in ours():
        for field in model._meta.concrete_fields:
            telling = {"id_number", "identity_number", "phone_number", "mobile", "number_plain"}
            assert field.name not in telling, f"{field}: seal it"


def test_one_model_declares_itself_once():
    twice = Privacy("居民", "为了试一试", "没有依据的依据一条", "不留", at(Tier.T0, name="姓名"))
    with pytest.raises(ValueError, match="two declarations"):
        declare("people.Person", twice)


def test_the_notice_shows_every_declaration_to_everybody_signed_in(village, client_as):
    for who in (village.grid_worker, village.auditor, village.outsider):
        text = client_as(who).get("/privacy/").content.decode()
        for privacy in declared().values():
            assert privacy.name in text and privacy.retention in text
        assert village.alone.name not in text
