"""Addresses of this room."""

from django.urls import path

from .views import one, overview, points, rounds

urlpatterns = [
    path("", overview.hazards, name="hazards"),
    path("<int:pk>/photos/", one.photos, name="hazard_photos"),
    path("<int:pk>/correct/", one.correct, name="hazard_correct"),
    path("<int:pk>/dissuade/", one.dissuade, name="hazard_dissuade"),
    path("papers/<int:pk>/", one.paper, name="hazard_paper"),
    path("papers/<int:pk>/serve/", one.serve, name="hazard_serve"),
    path("round/", rounds.rounds, name="rounds"),
    path("round/<int:pk>/", rounds.one_round, name="round"),
    path("round/<int:pk>/mark/", rounds.round_mark, name="round_mark"),
    path("round/<int:pk>/hazard/", rounds.round_hazard, name="round_hazard"),
    path("round/<int:pk>/finish/", rounds.round_finish, name="round_finish"),
    path("points/", points.check_points, name="check_points"),
    path("points/<int:pk>/close/", points.point_close, name="point_close"),
]
