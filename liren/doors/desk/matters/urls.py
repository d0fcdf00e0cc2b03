"""Addresses of the ledger, by noun; the desk includes them."""

from django.urls import URLPattern, path

from . import (
    finding,
    flows,
    handing,
    holding,
    joining,
    keeping,
    listing,
    moving,
    one,
    opening,
    telling,
    timing,
)

urlpatterns: list[URLPattern] = [
    path("", listing.matters, name="matters"),
    path("flows/", flows.flows, name="matter_flows"),
    path("people/", finding.people, name="matter_people"),
    path("new/", opening.choose, name="matter_choose"),
    path("new/<str:kind_key>/", opening.new, name="matter_new"),
    path("new/<str:kind_key>/doubles/", finding.doubles, name="matter_doubles"),
    path("hand-over/<int:pk>/", holding.hand_over, name="matter_hand_over"),
    # one matter
    path("<int:pk>/", one.matter, name="matter"),
    path("<int:pk>/move/<slug:step_key>/", moving.move, name="matter_move"),
    path("<int:pk>/comment/", telling.comment, name="matter_comment"),
    path("<int:pk>/contact/", telling.contact, name="matter_contact"),
    path("<int:pk>/attach/", telling.attach, name="matter_attach"),
    path("<int:pk>/appraise/", telling.appraise, name="matter_appraise"),
    path("<int:pk>/assign/", holding.assign, name="matter_assign"),
    path("<int:pk>/take/", holding.take, name="matter_take"),
    path("<int:pk>/ask/", holding.ask, name="matter_ask"),
    path("<int:pk>/circle/", holding.circle, name="matter_circle"),
    path("<int:pk>/pause/", timing.pause, name="matter_pause"),
    path("<int:pk>/resume/", timing.resume, name="matter_resume"),
    path("<int:pk>/due/", timing.due, name="matter_due"),
    path("<int:pk>/triage/", timing.triage, name="matter_triage"),
    path("<int:pk>/hand-off/", handing.hand_off, name="matter_hand_off"),
    path("<int:pk>/others/", finding.others, name="matter_others"),
    path("<int:pk>/link/", joining.link, name="matter_link"),
    path("<int:pk>/merge/", joining.merge, name="matter_merge"),
    path("<int:pk>/split/", joining.split, name="matter_split"),
    path("<int:pk>/follow/", joining.follow, name="matter_follow"),
    path("<int:pk>/party/", keeping.party, name="matter_party"),
    path("<int:pk>/correct/", keeping.correct, name="matter_correct"),
    path("<int:pk>/archive/", keeping.archive, name="matter_archive"),
    # what belongs to one
    path("asked/<int:pk>/done/", holding.ask_done, name="matter_ask_done"),
    path("circle/<int:pk>/drop/", holding.circle_drop, name="matter_circle_drop"),
    path("handoffs/<int:pk>/urge/", handing.urge, name="handoff_urge"),
    path("handoffs/<int:pk>/back/", handing.back, name="handoff_back"),
    path("parties/<int:pk>/reveal/", keeping.reveal, name="party_reveal"),
]
