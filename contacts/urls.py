from django.urls import path

from records.listing import list_urls
from records.merging.urls import merge_urls
from records.pages import page_urls

from . import card_views, views
from .listing import ContactListing
from .pages import ContactPage

app_name = "contacts"
urlpatterns = [
    *list_urls(ContactListing),
    *page_urls(ContactPage),
    *merge_urls(ContactPage),
    path("<int:pk>/card/", card_views.card_file, name="card"),
    path("<int:pk>/qr/", card_views.card_qr, name="qr"),
    path("cards/", card_views.card_files, name="cards"),
    path("positions/new/", views.position_create, name="position_create"),
    path("positions/<int:pk>/", views.position, name="position"),
    path("positions/<int:pk>/end/", views.position_end, name="position_end"),
]
