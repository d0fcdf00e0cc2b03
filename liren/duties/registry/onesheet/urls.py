"""Addresses of 一表通."""

from django.urls import path

from .views import deeds, pages

urlpatterns = [
    path("", pages.index, name="forms"),
    path("begin/", pages.begin, name="form_begin"),
    path("<int:pk>/", pages.filling, name="filling"),
    path("<int:pk>/answer/", deeds.answer, name="filling_answer"),
    path("<int:pk>/target/", deeds.target, name="filling_target"),
    path("<int:pk>/people/", deeds.people, name="filling_people"),
    path("<int:pk>/day/", deeds.day, name="filling_day"),
    path("<int:pk>/typed/", deeds.typed, name="filling_typed"),
    path("<int:pk>/hand-out/", deeds.hand_out, name="filling_hand_out"),
    path("<int:pk>/paper/", deeds.paper, name="filling_paper"),
    path("<int:pk>/keep/", deeds.keep, name="filling_keep"),
    path("taken/<int:pk>/", deeds.fetch, name="hand_out"),
    path("taken/<int:pk>/paper/", deeds.fetch, {"ending": "pdf"}, name="hand_out_paper"),
    path("templates/<int:pk>/again/", deeds.again, name="template_again"),
    path("turns/<int:pk>/fill/", deeds.fill_turn, name="turn_fill"),
    path("templates/<int:pk>/drop/", deeds.drop, name="template_drop"),
]
