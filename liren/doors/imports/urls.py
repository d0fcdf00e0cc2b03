"""Addresses of the import wizard."""

from django.urls import path

from .views import batches, columns, problems, rows, sheets

app_name = "imports"
urlpatterns = [
    path("", batches.index, name="index"),
    path("start/", batches.start, name="start"),
    path("<int:pk>/", batches.detail, name="batch"),
    path("<int:pk>/progress/", batches.watch, name="progress"),
    path("<int:pk>/write/", batches.write, name="write"),
    path("<int:pk>/undo/", batches.undo, name="undo"),
    path("<int:pk>/again/", batches.again, name="again"),
    path("<int:pk>/abandon/", batches.give_up, name="abandon"),
    path("<int:pk>/take/", rows.take, name="take"),
    path("rows/<int:pk>/decide/", rows.decide_row, name="decide"),
    path("<int:pk>/problems/", problems.listing, name="problems"),
    path("problems/<int:pk>/mend/", problems.mend_one, name="mend"),
    path("problems/<int:pk>/ignore/", problems.ignore_one, name="ignore"),
    path("tables/<int:pk>/columns/", columns.correct, name="columns"),
    path("<int:pk>/errors.xlsx", sheets.errors, name="errors"),
    path("<int:pk>/changes.xlsx", sheets.changes, name="changes"),
]
