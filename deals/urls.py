from django.urls import path

from records.listing import list_urls
from records.listing.where_view import where_view
from records.merging.urls import merge_urls
from records.pages import page_urls

from . import board_views, dropping, line_views, mapping, quick_add, rival_views, views
from .board_setting import BoardListing
from .listing import DealListing
from .pages import DealPage

app_name = "deals"
urlpatterns = [
    *list_urls(DealListing),
    path("board/", board_views.board, name="board"),
    path("board/filter/", where_view(BoardListing, to="board", name="board_where"), name="board_where"),
    path("quick/", quick_add.quick, name="quick"),
    *page_urls(DealPage),
    *merge_urls(DealPage),
    path("pipeline/", mapping.pipeline, name="pipeline"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/column/", dropping.column, name="column"),
    path("<int:pk>/place/<int:after>/<int:before>/", views.place, name="place"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/reopening/", views.reopening, name="reopening"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/lines/", line_views.lines, name="lines"),
    path("<int:pk>/lines/sums/", line_views.sums, name="line_sums"),
    path("<int:pk>/competitors/", rival_views.rivals, name="rivals"),
    path("<int:pk>/competitors/<int:link>/", rival_views.rival, name="rival"),
    path("<int:pk>/people/", views.people, name="people"),
    path("<int:pk>/people/<int:link>/", views.person, name="person"),
]
