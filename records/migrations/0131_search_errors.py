"""Two letters in the wrong order are looked for before other typing errors, and a name by its end as well.

For a wrong letter near the end of a word nothing is known but how the word begins, which thousands may share: that is
asked only where no swap has found enough. Likewise a name that begins like thousands of others.
"""

from django.db import migrations

from core.postgres import DEFINER
from workspaces.tenancy import CURRENT_WORKSPACE

# A typing error: in a word of four letters or more, in short ones only when the rest is the whole word.
READINGS = r"""
CREATE OR REPLACE FUNCTION public.records_search_readings(folded text, stage text) RETURNS TABLE (needles text[])
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    words text[] := (string_to_array(folded, ' '))[:8];
    starts text[] := ARRAY(SELECT ' ' || word FROM unnest(words) AS word);
    parts text[] := ARRAY(SELECT CASE WHEN octet_length(word) < 3 THEN ' ' ELSE '' END || word FROM unnest(words) AS word);
    digits text := ltrim(replace(folded, ' ', ''), '0');
BEGIN
    CASE stage
    WHEN 'title' THEN
        RETURN QUERY SELECT ARRAY[' ' || folded || ' '];
    WHEN 'number' THEN
        RETURN QUERY SELECT ARRAY[digits]
        WHERE folded ~ '^[0-9 ]+$' AND length(digits) >= 3 AND (digits <> folded OR length(digits) > 6);
    WHEN 'name', 'start' THEN
        RETURN QUERY SELECT starts;
    WHEN 'part' THEN
        RETURN QUERY SELECT parts WHERE parts <> starts;
    WHEN 'swapped', 'typo' THEN
        RETURN QUERY
        SELECT DISTINCT parts[:place - 1]
            || (' ' || variant || CASE WHEN char_length(word) < 7 THEN ' ' ELSE '' END)
            || parts[place + 1:]
        FROM unnest(words) WITH ORDINALITY AS said (word, place),
            generate_series(1, char_length(word)) AS i,
            LATERAL (VALUES
                ('swapped', left(word, i - 1) || substr(word, i + 1, 1) || substr(word, i, 1) || substr(word, i + 2)),
                ('typo', left(word, i - 1) || E'\x01' || substr(word, i + 1)),
                ('typo', left(word, i) || E'\x01' || substr(word, i + 1)),
                ('typo', left(word, i - 1) || substr(word, i + 1))
            ) AS wrong (error, variant)
        WHERE error = stage AND char_length(word) >= 4 AND word !~ '^[0-9]+$' AND char_length(folded) <= 40;
    ELSE
        RETURN;
    END CASE;
END $$;
"""

# The keys that an entry has if it fits the needles of a stage; of a number those of its end, where numbers differ, and of
# names their beginnings and their ends.
SOUGHT = """
CREATE OR REPLACE FUNCTION public.records_search_sought(stage text, folded text, needles text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE stage
        WHEN 'title' THEN ARRAY['=' || folded]
        WHEN 'number' THEN public.records_search_tokens(ARRAY[right(needles[1], 7)])
        WHEN 'name' THEN ARRAY(SELECT '<' || left(ltrim(needle), 3) FROM unnest(needles) AS needle)
            || public.records_search_tokens(ARRAY(
                SELECT right(needle, 3) FROM unnest(needles) AS needle WHERE char_length(needle) > 4))
        ELSE public.records_search_tokens(needles)
    END
$$;
"""

IDS = f"""
CREATE OR REPLACE FUNCTION public.records_search_ids(
    kinds text[], query text, most int, owners bigint[] DEFAULT NULL, member bigint DEFAULT NULL)
RETURNS TABLE (kind text, record_id bigint)
LANGUAGE plpgsql STABLE {DEFINER}
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    workspace bigint := {CURRENT_WORKSPACE};
    folded text := public.records_search_fold(replace(left(query, 100), '(0)', ''));
    seen text[] := (
        SELECT recent.seen FROM public.records_recent AS recent
        WHERE recent.workspace_id = workspace AND recent.member_id = member);
    stages text;
    found bigint[];
    is_found boolean := false;
BEGIN
    FOREACH stages IN ARRAY ARRAY['title recent number name start part', 'swapped typo'] LOOP
        FOREACH kind IN ARRAY kinds LOOP
            found := public.records_search_hits(
                workspace, kind, folded, string_to_array(stages, ' '), most, owners, member,
                ARRAY(SELECT split_part(one, ' ', 2)::bigint FROM unnest(seen) AS one
                    WHERE split_part(one, ' ', 1) = kind));
            is_found := is_found OR found <> '{{}}';
            RETURN QUERY SELECT kind, unnest(found);
        END LOOP;
        EXIT WHEN is_found;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0130_pulse_of_new_records")]
    operations = [migrations.RunSQL(function, migrations.RunSQL.noop) for function in (READINGS, SOUGHT, IDS)]
