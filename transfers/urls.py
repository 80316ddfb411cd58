from django.urls import path

from transfers import exporting, views

app_name = "transfers"
urlpatterns = [
    path("", views.imports, name="list"),
    path("new/", views.upload, name="create"),
    path("<int:pk>/mapping/", views.mapping, name="mapping"),
    path("<int:pk>/dialect/", views.dialect, name="dialect"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/", views.progress, name="progress"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/refused/", views.refused, name="refused"),
    path("<int:pk>/again/", views.again, name="again"),
    path("export/", exporting.export, name="export"),
    path("exports/<int:pk>/", exporting.progress, name="export_progress"),
    path("exports/<int:pk>/file/", exporting.download, name="export_file"),
]
