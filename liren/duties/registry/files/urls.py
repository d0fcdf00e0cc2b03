"""Addresses of this room, by noun."""

from django.urls import path

from .views import (
    building,
    events,
    export,
    house,
    household,
    labels,
    merging,
    person,
    register,
    reveal,
    saved,
)

urlpatterns = [
    # the register
    path("", register.register, name="register"),
    path("groups/", register.register_groups, name="register_groups"),
    path("export/", export.export, name="export"),
    path("views/keep/", saved.view_keep, name="view_keep"),
    path("views/<int:pk>/", saved.view_open, name="view_open"),
    path("views/<int:pk>/drop/", saved.view_drop, name="view_drop"),
    # people
    path("people/new/", person.person_new, name="person_new"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/history/", person.person_history, name="person_history"),
    path("people/<int:pk>/looks/", person.person_looks, name="person_looks"),
    path("people/<int:pk>/edit/", person.person_edit, name="person_edit"),
    path("people/<int:pk>/paper/", person.person_paper, name="person_paper"),
    path("people/<int:pk>/phones/", person.person_phones, name="person_phones"),
    path("people/<int:pk>/hukou/", person.person_hukou, name="person_hukou"),
    path("people/<int:pk>/verify/", person.person_verify, name="person_verify"),
    path("people/<int:pk>/labels/new/", labels.label_new, name="label_new"),
    path("labels/<int:pk>/review/", labels.label_review, name="label_review"),
    path("labels/<int:pk>/end/", labels.label_end, name="label_end"),
    path("people/<int:pk>/contacts/new/", events.contact_new, name="contact_new"),
    path("contacts/<int:pk>/end/", events.contact_end, name="contact_end"),
    path("reveal/<slug:what>/<int:pk>/", reveal.reveal, name="reveal"),
    # life events
    path("people/<int:pk>/move-in/", events.person_move_in, name="move_in"),
    path("people/<int:pk>/move-out/", events.person_move_out, name="move_out"),
    path("people/<int:pk>/away/", events.person_away, name="away"),
    path("people/<int:pk>/die/", events.person_die, name="die"),
    path("people/<int:pk>/birth/", events.person_birth, name="birth"),
    path("people/<int:pk>/merge/", merging.person_merge, name="merge"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="unmerge"),
    # households
    path("households/<int:pk>/", household.household, name="household"),
    path("households/<int:pk>/split/", events.household_split, name="split"),
    path("households/<int:pk>/head/", events.household_head, name="name_head"),
    # houses and buildings
    path("houses/<int:pk>/", house.house, name="house"),
    path("houses/<int:pk>/edit/", house.house_edit, name="house_edit"),
    path("houses/<int:pk>/tenants/", events.house_tenants, name="tenants"),
    path("buildings/", building.buildings, name="buildings"),
    path("buildings/new/", building.building_new, name="building_new"),
    path("estates/new/", building.estate_new, name="estate_new"),
    path("buildings/<int:pk>/", building.building, name="building"),
    path("buildings/<int:pk>/houses/new/", building.house_new, name="house_new"),
]
