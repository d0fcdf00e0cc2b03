"""Addresses of this room."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.overview, name="quality"),
    path("sweep/", views.sweep, name="sweep"),
    path("verify/", views.verify, name="verify_all"),
    path("review/", views.review, name="review_all"),
    path("pairs/<int:pk>/different/", views.pair_different, name="pair_different"),
    path("pairs/<int:pk>/again/", views.pair_again, name="pair_again"),
    path("<slug:check_key>/", views.one_check, name="check"),
]
