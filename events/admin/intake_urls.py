"""The addresses of the intake's pages, below the admin's."""

from django.urls import path

from events.admin import intake_views as views

app_name = "intake"
urlpatterns = [
    path("", views.box, name="box"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/state/", views.state, name="state"),
    path("<int:pk>/forget/", views.forget, name="forget"),
]
