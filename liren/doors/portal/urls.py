"""Addresses of the residents' portal (居民端), under /p/."""

from django.urls import path

from .views import binding, front, signing

app_name = "portal"
urlpatterns = [
    path("", front.communities, name="communities"),
    path("<slug:code>/", front.home, name="home"),
    path("<slug:code>/look/", front.look, name="look"),
    path("<slug:code>/announcements/", front.announcements, name="announcements"),
    path("<slug:code>/announcements/<int:pk>/", front.announcement, name="announcement"),
    path("<slug:code>/privacy/", front.privacy, name="privacy"),
    path("<slug:code>/sign-in/", signing.sign_in, name="sign_in"),
    path("<slug:code>/sign-in/code/", signing.code, name="code"),
    path("<slug:code>/sign-out/", signing.sign_out, name="sign_out"),
    path("<slug:code>/me/", signing.me, name="me"),
    path("<slug:code>/me/called/", signing.call_oneself, name="call_oneself"),
    path("<slug:code>/me/close/", signing.close, name="close"),
    path("<slug:code>/me/match/", binding.match, name="match"),
    path("<slug:code>/me/ask/", binding.ask_staff, name="ask_staff"),
    path("<slug:code>/me/ask/withdraw/", binding.withdraw, name="withdraw"),
]
