"""Addresses of the residents' portal (居民端), under /p/."""

from django.urls import path

from .views import binding, follow, front, say, signing, slip

app_name = "portal"
urlpatterns = [
    path("", front.communities, name="communities"),
    path("slip/<str:token>/", slip.slip, name="slip"),
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
    path("<slug:code>/say/", say.first, name="say_1"),
    path("<slug:code>/say/more/", say.second, name="say_2"),
    path("<slug:code>/say/reach/", say.third, name="say_3"),
    path("<slug:code>/tip/", say.first, {"anonymous": True}, name="tip_1"),
    path("<slug:code>/tip/more/", say.second, {"anonymous": True}, name="tip_2"),
    path("<slug:code>/tip/send/", say.tip_third, name="tip_3"),
    path("<slug:code>/tip/follow/", follow.claim, name="claim"),
    path("<slug:code>/tip/mine/", follow.tip_progress, name="tip_progress"),
    path("<slug:code>/tip/mine/more/", follow.tip_act, {"what": "more"}, name="tip_more"),
    path("<slug:code>/tip/mine/rate/", follow.tip_act, {"what": "rate"}, name="tip_rate"),
    path("<slug:code>/tip/mine/again/", follow.tip_act, {"what": "again"}, name="tip_again"),
    path("<slug:code>/tip/mine/drop/", follow.tip_act, {"what": "drop"}, name="tip_drop"),
    path("<slug:code>/mine/", follow.mine, name="mine"),
    path("<slug:code>/mine/<int:pk>/", follow.progress, name="progress"),
    path("<slug:code>/mine/<int:pk>/more/", follow.act, {"what": "more"}, name="progress_more"),
    path("<slug:code>/mine/<int:pk>/rate/", follow.act, {"what": "rate"}, name="progress_rate"),
    path("<slug:code>/mine/<int:pk>/again/", follow.act, {"what": "again"}, name="progress_again"),
    path("<slug:code>/mine/<int:pk>/drop/", follow.act, {"what": "drop"}, name="progress_drop"),
    path("<slug:code>/file/<slug:owner>/<str:token>/", follow.file, name="file"),
]
