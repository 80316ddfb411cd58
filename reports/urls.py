from django.urls import include, path

from records.listing.where_view import where_view

from . import forecast_views, goal_views, views
from .forecast import ForecastListing

inside = [
    path("forecast/", forecast_views.forecast, name="forecast"),
    path(
        "forecast/filter/",
        where_view(ForecastListing, to="reports:forecast", name="reports:forecast_where"),
        name="forecast_where",
    ),
    path("goals/", goal_views.goals, name="goals"),
    path("goals/<int:year>/", goal_views.goals_of_all, name="goals_of_all"),
    path("goals/<int:year>/team/<int:pk>/", goal_views.goals_of_team, name="goals_of_team"),
    path("goals/<int:year>/member/<int:pk>/", goal_views.goals_of_member, name="goals_of_member"),
]
urlpatterns = [path("", views.overview, name="overview"), path("", include((inside, "reports")))]
