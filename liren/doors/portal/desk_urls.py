"""Addresses of the staff's side of the portal, under /portal-desk/."""

from django.urls import path

from .views import staff

app_name = "portal_desk"
urlpatterns = [
    path("residents/", staff.requests, name="requests"),
    path("residents/<int:pk>/", staff.one_request, name="request"),
    path("residents/<int:pk>/is/", staff.confirm, name="confirm"),
    path("residents/<int:pk>/refuse/", staff.refuse, name="refuse"),
    path("residents/<int:pk>/take-back/", staff.take_back, name="take_back"),
    path("announcements/", staff.announcements, name="announcements"),
    path("announcements/new/", staff.announce, name="announce"),
    path("announcements/<int:pk>/", staff.correct, name="correct"),
    path("announcements/<int:pk>/take-down/", staff.take_down, name="take_down"),
    path("announcements/<int:pk>/put-up/", staff.put_up, name="put_up"),
]
