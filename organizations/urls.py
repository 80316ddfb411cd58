from records.listing import list_urls
from records.merging.urls import merge_urls
from records.pages import page_urls

from .listing import OrganizationListing
from .pages import OrganizationPage

app_name = "organizations"
urlpatterns = [*list_urls(OrganizationListing), *page_urls(OrganizationPage), *merge_urls(OrganizationPage)]
