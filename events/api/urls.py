"""The addresses of the API, version 1, below wherever it is included."""

from __future__ import annotations

from django.urls import path, re_path

from events.api.views import documents, events, nouns, stats, tracking, words

app_name = "api"
urlpatterns = [
    path("", words.Root.as_view(), name="root"),
    path("events/", events.EventList.as_view(), name="event-list"),
    path("events/<str:id>/", events.EventDetail.as_view(), name="event"),
    path("groups/", nouns.GroupList.as_view(), name="group-list"),
    path("groups/<str:id>/", nouns.GroupDetail.as_view(), name="group"),
    path("pages/", nouns.PageList.as_view(), name="page-list"),
    path("pages/<str:id>/", nouns.PageDetail.as_view(), name="page"),
    path("platforms/", nouns.PlatformList.as_view(), name="platform-list"),
    path("platforms/<str:id>/", nouns.PlatformDetail.as_view(), name="platform"),
    path("authorities/", nouns.AuthorityList.as_view(), name="authority-list"),
    path("authorities/<str:id>/", nouns.AuthorityDetail.as_view(), name="authority"),
    path("orders/", nouns.OrderList.as_view(), name="order-list"),
    path("orders/<str:id>/", nouns.OrderDetail.as_view(), name="order"),
    path("measurements/", tracking.MeasurementList.as_view(), name="measurement-list"),
    path("measurements/<str:id>/", tracking.MeasurementDetail.as_view(), name="measurement"),
    path("status-changes/", tracking.StatusChangeList.as_view(), name="status-change-list"),
    path("status-changes/<str:id>/", tracking.StatusChangeDetail.as_view(), name="status-change"),
    path("rules/", words.RuleList.as_view(), name="rule-list"),
    path("labels/", words.LabelTable.as_view(), name="label-list"),
    path("stats/", stats.Stats.as_view(), name="stats"),
    path("schema/", documents.Schema.as_view(), name="schema"),
    path("docs/", documents.Docs.as_view(), name="docs"),
    # Only what ends in a slash: Django still leads from an address without one to the address with it.
    re_path(r"^.*/$", documents.Nothing.as_view()),
]
