"""Who may see what: every address, asked by every role, about records of one's own and of the other community."""

import pytest
from django.apps import apps
from django.test import Client

from liren.core.accounts.actions import give_post
from liren.core.people.models import Person
from liren.sample.village import STAFF

from . import crawling
from .access_table import OPEN, TABLE

ADDRESSES = dict(crawling.names())
# Holds the same role in the same place as the line worker, for other lines only.
LIKE_ANOTHER = {"health_worker"}
# Ask for every page once more as htmx would: the strangers, the neighbours of the grid, and one of the system.
WITH_FRAGMENTS = {"outsider", "outsider_grid", "grid_worker_2", "auditor"}
FINE = {200, 204, 302, 400, 409, 422}


@pytest.fixture
def world(village):
    crawling.furnish_next_door(village)
    village["ours"] = crawling.records(village, own=True)
    village["theirs"] = crawling.records(village, own=False)
    return village


def questions(world):
    """Every address with a record of ours and one of theirs: (name, noun, record, url)."""
    for name, route in ADDRESSES.items():
        if name not in TABLE:
            continue
        noun = TABLE[name].noun
        for records in (world.ours, world.theirs) if noun and noun != "number" else ({},):
            for one in crawling.REVEALED if name == "registry:reveal" else (noun,):
                record = records.get(one)
                for url in crawling.address(name, route, one, record):
                    yield name, one, record, url


def expected(user, name, noun, record):
    """From the table and the posts alone."""
    ability = TABLE[name].ability
    if TABLE[name].way == "nowhere":
        return {404}
    if ability and not any(ability in post.grants.abilities for post in user.current_posts):
        return {403}
    if record is not None and not crawling.may_know(user, noun, record):
        return {404}
    return FINE


def asked(client, url, **headers):
    """The answer to a look; where looking is no way in, to an empty form."""
    answer = crawling.ask(client, "get", url, **headers)
    return crawling.ask(client, "post", url, **headers) if answer.status_code == 405 else answer


def searches(world):
    """Ways of asking for somebody without saying the name, so that an echo is no betrayal."""
    asked = {world.alone.pinyin, world.outside_senior.pinyin, world.alone.phones.first().number[-4:]}
    for name in (n for n, line in TABLE.items() if line.way in {"search", "count"} and n in ADDRESSES):
        for url in () if crawling.arguments(ADDRESSES[name]) else crawling.address(name, "", "", None):
            yield from ((name, "", None, f"{url}?q={said}") for said in sorted(asked))


def test_the_table_knows_every_address():
    assert ADDRESSES.keys() - TABLE.keys() - OPEN.keys() == set(), "say in access_table.py who may open these"


def test_the_table_knows_no_address_that_is_gone():
    assert TABLE.keys() | OPEN.keys() <= ADDRESSES.keys()


def test_nobody_sees_anything_without_signing_in(world, client):
    for name, _, _, url in questions(world):
        answer = asked(client, url)
        assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) == (302, "/sign-in/"), (
            name
        )


def secrets_from(world, user):
    """What this user must never read: of the communities, and of the grids, in which no post of theirs lies."""
    forbidden, own = set(), set()
    for community in (world.community, world.neighbour):
        if community.pk not in user.community_ids():
            forbidden |= crawling.secrets_of(community)
    grids = user.scope()[1]
    if grids:
        people = Person.objects.filter(community__in=user.community_ids())
        own = set(people.filter(area__in=grids).values_list("name", flat=True))
        forbidden |= set(people.exclude(area__in=grids).values_list("name", flat=True))
    return forbidden - own


@pytest.mark.parametrize("who", [who for who in STAFF if who not in LIKE_ANOTHER])
def test_every_address_answers_each_role_as_the_table_says_and_tells_nothing_of_others(world, client_as, who):
    """One walk through the whole house: the right answer everywhere, and no word about people of others in any."""
    user, client = world[who], client_as(world[who])
    client.raise_request_exception = False
    forbidden, wrong = secrets_from(world, user), []
    assert bool(forbidden) == (who not in {"street_admin", "street_section"})
    for name, noun, record, url in [*questions(world), *searches(world)]:
        answer = asked(client, url)
        should, status = expected(user, name, noun, record), answer.status_code
        lost = name != "desk:sign_out" and answer.headers.get("Location", "").startswith("/sign-in/")
        if lost or status not in should:
            wrong.append(f"{url} ({name}): {status}, not {sorted(should)}")
        texts = [crawling.body(answer)]
        if status == 200 and who in WITH_FRAGMENTS:
            texts.append(crawling.body(asked(client, url, **{"HX-Request": "true"})))
        wrong += [f"{url} ({name}) tells {word}" for word in forbidden if any(word in text for text in texts)]
    assert not wrong, f"{who} at\n" + "\n".join(wrong)


def test_a_post_in_one_community_gives_nothing_in_the_other(world, client_as):
    """Who edits and imports here, and is a grid worker there, still only does there what a grid worker may."""
    give_post(world.outsider_grid, role="line_worker", area=world.community, by=None)
    client = client_as(world.outsider_grid)
    client.raise_request_exception = False
    theirs = list(world.theirs.values())
    here_only = {"imports.run", "imports.undo", "places.edit", "people.merge"}
    wrong = []
    for name, _, record, url in questions(world):
        if TABLE[name].ability in here_only and record in theirs:
            status = asked(client, url).status_code
            if status not in {403, 404}:
                wrong.append(f"{url} ({name}): {status}")
    assert not wrong, "\n".join(wrong)


def test_namesakes_of_two_communities_never_meet(world, client_as):
    ours, theirs = world.namesake, world.outside_namesake
    assert ours.name == theirs.name
    for user, own, other in ((world.secretary, ours, theirs), (world.outsider, theirs, ours)):
        seen = set(Person.objects.visible_to(user).filter(name=own.name).values_list("pk", flat=True))
        assert own.pk in seen and other.pk not in seen
        assert other not in Person.objects.namesakes(own)


@pytest.mark.parametrize(
    "way", ["page", "form", "deed", "reveal", "search", "print", "import", "count", "export"]
)
def test_every_way_in_is_walked(way):
    assert any(line.way == way for name, line in TABLE.items() if name in ADDRESSES)


# Roads: each row can be traced to an area by foreign keys, so that it can be judged by where it lies.
WITHOUT_ROAD = {
    "audit.Trace": "keeps the number of its community without a foreign key, so that nothing ever blocks it",
    "audit.TraceHead": "one row, the end of the chain",
    "accounts.User": "belongs where its posts are",
    "accounts.SignIn": "belongs to one account, seen by its owner alone",
    "accounts.SetupCode": "exists before any area does",
    "portal.Tally": "counts under a keyed hash, of nobody and nowhere",
    "people.Label_circle": "names the accounts that may know of one label",
    "notices.Feed": "belongs to one account, seen by its owner alone",
    "rules.OfficialDay": "feasts and make-up days of the whole country",
}


def ours():
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("liren.")
        for model in config.get_models(include_auto_created=True)
    ]


def has_road(model, seen=()):
    if model._meta.label == "areas.Area":
        return True
    up = [f for f in model._meta.concrete_fields if f.is_relation and f.related_model not in (model, *seen)]
    return any(has_road(field.related_model, (*seen, model)) for field in up)


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_has_a_road_to_an_area(model):
    listed = model._meta.label in WITHOUT_ROAD
    assert has_road(model) or listed, "give it a community, or say in WITHOUT_ROAD why it has none"


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_what_lies_in_a_community_is_read_through_visible_to(model):
    if any(field.name in {"community", "batch"} for field in model._meta.concrete_fields):
        assert hasattr(model._default_manager, "visible_to")


def test_there_is_no_admin_site(client):
    assert not apps.is_installed("django.contrib.admin")
    assert Client().get("/admin/").status_code == 404
