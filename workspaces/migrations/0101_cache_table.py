"""The table of the database cache, in which the rate limits of all web processes count together."""

from django.db import migrations

CREATE = """
CREATE TABLE public.django_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX django_cache_expires ON public.django_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE public.django_cache")]
