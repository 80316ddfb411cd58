from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "rates"
#: where it stands in the settings
RATES_TOPIC = (_("Exchange rates"), "rates:rates", ("rate", "view"), ("create", "paste", "currency", "rate"))
urlpatterns = [
    path("", views.rates, name="rates"),
    path("new/", views.create, name="create"),
    path("paste/", views.paste, name="paste"),
    path("<int:pk>/", views.rate, name="rate"),
    path("<int:pk>/removal/", views.removal, name="removal"),
    path("<slug:code>/", views.currency, name="currency"),
    path("<slug:code>/settling/", views.settling, name="settling"),
]
