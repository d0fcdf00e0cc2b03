"""Addresses of this room."""

from django.urls import path

from .views import burden, calendar, lists, paste, sending, tasks

urlpatterns = [
    path("", paste.inbound, name="inbound"),
    path("paste/", paste.paste, name="inbound_paste"),
    path("lists/", lists.duty_items, name="duty_items"),
    path("lists/new/", lists.duty_item_new, name="duty_item_new"),
    path("lists/file/", lists.duty_items_file, name="duty_items_file"),
    path("lists/begin/", lists.duty_items_begin, name="duty_items_begin"),
    path("lists/<int:pk>/", lists.duty_item, name="duty_item"),
    path("lists/<int:pk>/end/", lists.duty_item_end, name="duty_item_end"),
    path("burden/", burden.burden, name="burden"),
    path("burden/book/", burden.burden_book, name="burden_book"),
    path("calendar/", calendar.calendar, name="inbound_calendar"),
    path("calendar/take/", calendar.take, name="inbound_calendar_take"),
    path("calendar/leave/", calendar.leave, name="inbound_calendar_leave"),
    path("calendar/own/", calendar.own, name="inbound_calendar_own"),
    path("calendar/own/<int:pk>/drop/", calendar.own_drop, name="inbound_calendar_own_drop"),
    path("calendar/<int:pk>/again/", calendar.again, name="inbound_calendar_again"),
    path("send/", sending.send, name="inbound_send"),
    path("sent/", sending.sent, name="inbound_sent"),
    path("sent/<int:pk>/", sending.sent_one, name="inbound_sent_one"),
    path("<int:pk>/", tasks.task, name="inbound_task"),
    path("<int:pk>/work/", tasks.work, name="inbound_work"),
    path("<int:pk>/letter/", tasks.letter, name="inbound_letter"),
]
