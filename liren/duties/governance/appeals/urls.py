"""Addresses of this room."""

from django.urls import path

from .views import exempting, orders, overview

urlpatterns = [
    path("", overview.appeals, name="appeals"),
    path("topics/", overview.topic, name="appeal_topic"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<int:pk>/", orders.orders_file, name="orders_file"),
    path("orders/<int:pk>/progress/", orders.orders_progress, name="orders_progress"),
    path("orders/<int:pk>/take/", orders.orders_take, name="orders_take"),
    path("orders/<int:pk>/drop/", orders.orders_drop, name="orders_drop"),
    path("<int:pk>/exempt/", exempting.appeal_exempt, name="appeal_exempt"),
    path("<int:pk>/count/", exempting.appeal_count, name="appeal_count"),
]
