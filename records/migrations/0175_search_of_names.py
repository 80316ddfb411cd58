"""A record is not found by the name of one that the member does not see: of what is found through others the search asks
again without their names, and leaves out what does not fit any more."""

from importlib import import_module

from django.db import migrations

from core.postgres import APP_ROLE, DEFINER
from workspaces.tenancy import CURRENT_WORKSPACE

VISIBLE = import_module("records.migrations.0164_visible")

# `besides` are records that do not count, of all kinds: "deal 7".
IDS = VISIBLE.IDS.replace(
    " hidden bigint[] DEFAULT '{}'", " hidden bigint[] DEFAULT '{}', besides text[] DEFAULT '{}'"
).replace(
    "owners, named, hidden, member,",
    """owners, named,
                hidden || ARRAY(SELECT split_part(one, ' ', 2)::bigint FROM unnest(besides) AS one
                    WHERE split_part(one, ' ', 1) = kind),
                member,""",
)
TYPES = "text[], text, int, bigint[], bigint, bigint[], bigint[]"
CLOSED = f"""
REVOKE ALL ON FUNCTION public.records_search_ids({TYPES}, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_search_ids({TYPES}, text[]) TO {APP_ROLE};
"""

# Which of some records a text finds without the names of these organizations and people.
FITS = f"""
CREATE FUNCTION public.records_search_fits(
    kind text, ids bigint[], query text, organizations bigint[], contacts bigint[])
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE {DEFINER}
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT record_id FROM ('
        '    SELECT record_id, public.records_search_fold(title || '' '' || more) AS words'
        '    FROM public.%I($1, $2, $3, $4) OFFSET 0) AS entry'
        ' WHERE EXISTS ('
        '    SELECT FROM unnest(ARRAY[''title'', ''number'', ''start'', ''part'', ''swapped'', ''typo'']) AS stage,'
        '        public.records_search_readings($5, stage) AS reading'
        '    WHERE '' '' || words || '' '' LIKE ALL (public.records_search_patterns(reading.needles)))',
        'records_search_of_' || kind)
        USING {CURRENT_WORKSPACE}, ids, organizations, contacts,
            public.records_search_fold(replace(left(query, 100), '(0)', ''));
END $$;
REVOKE ALL ON FUNCTION public.records_search_fits(text, bigint[], text, bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_search_fits(text, bigint[], text, bigint[], bigint[]) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0164_visible")]
    operations = [
        migrations.RunSQL(f"DROP FUNCTION public.records_search_ids({TYPES})", VISIBLE.IDS + VISIBLE.CLOSED),
        migrations.RunSQL(IDS + CLOSED, f"DROP FUNCTION public.records_search_ids({TYPES}, text[])"),
        migrations.RunSQL(FITS, "DROP FUNCTION public.records_search_fits(text, bigint[], text, bigint[], bigint[])"),
    ]
