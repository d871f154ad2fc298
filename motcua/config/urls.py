"""Every address of the house. The name of a url, its view, its template and its test are one word."""

from django.urls import include, path

from motcua.ui.views import components

urlpatterns = [
    path("", include("motcua.portal.urls")),
    path("", include("motcua.desk.urls")),
    path("", include("motcua.oversight.urls")),
    path("ui/", components, name="components"),
]
