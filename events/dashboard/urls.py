"""The addresses of the public pages."""

from django.urls import path

from events.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.front, name="front"),
    path("events/<slug:public_id>/", views.event, name="event"),
]
