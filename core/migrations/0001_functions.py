"""Functions of the database that tables, policies and the application lean on.

The SECURITY DEFINER ones are the only ways past row-level security, each for one question that has to be answered
before the workspace is known. They fix their search_path, are revoked from PUBLIC and granted to the application.
"""

from django.db import migrations

from core.postgres import APP_ROLE, DEFINER

SORT_KEY = """
CREATE FUNCTION public.records_sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, pg_catalog.btrim(value))) $$;
"""

IS_MEMBER = f"""
CREATE FUNCTION public.workspaces_is_member(workspace bigint) RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER}
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.workspaces_membership AS member
        WHERE member.workspace_id = workspace
          AND member.user_id = nullif(current_setting('app.user_id', true), '')::bigint
          AND member.is_active
    );
END $$;
"""

SLUG_TAKEN = f"""
CREATE FUNCTION public.workspaces_slug_taken(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER}
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.workspaces_workspace WHERE slug = wanted);
END $$;
"""

INVITATION = f"""
CREATE FUNCTION public.workspaces_find_invitation(wanted text, OUT workspace_id bigint, OUT id bigint)
LANGUAGE plpgsql STABLE {DEFINER}
AS $$
BEGIN
    SELECT invitation.workspace_id, invitation.id INTO workspace_id, id
    FROM public.workspaces_invitation AS invitation WHERE token_hash = wanted;
END $$;
"""

OPEN_CHANGE_SET = """
CREATE FUNCTION public.records_open_change_set() RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    change_set bigint;
    workspace bigint := nullif(current_setting('app.workspace_id', true), '')::bigint;
    meta jsonb;
BEGIN
    IF workspace IS NULL THEN
        RETURN NULL;
    END IF;
    meta := coalesce(nullif(current_setting('app.change_meta', true), ''), '{}')::jsonb;
    INSERT INTO public.records_changeset
        (workspace_id, actor_kind, actor, member_id, label, source, address, path, undoes_id, created_at)
    VALUES (
        workspace,
        coalesce(meta->>'actor_kind', 'system'),
        coalesce(meta->>'actor', ''),
        (meta->>'actor_id')::bigint,
        coalesce(nullif(current_setting('app.change_label', true), ''), meta->>'label', ''),
        coalesce(meta->>'source', 'system'),
        coalesce(meta->>'address', ''),
        coalesce(meta->>'path', ''),
        (meta->>'undoes')::bigint,
        clock_timestamp()
    )
    RETURNING id INTO change_set;
    PERFORM set_config('app.change_set', change_set::text, true);
    PERFORM set_config('app.change_label', '', true);
    RETURN change_set;
END $$;
"""

# Called for each row of history. Short enough to be written out where it stands: a tenth of the time.
CHANGE_SET = """
CREATE FUNCTION public.records_change_set() RETURNS bigint
LANGUAGE sql VOLATILE
AS $$
    SELECT coalesce(nullif(current_setting('app.change_set', true), '')::bigint, public.records_open_change_set())
$$;
"""

DESCRIBE_CHANGE = """
CREATE FUNCTION public.records_describe_change(words text) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    change_set bigint := nullif(current_setting('app.change_set', true), '')::bigint;
BEGIN
    IF change_set IS NULL THEN
        -- The first description wins; the row is written at the first change.
        IF coalesce(current_setting('app.change_label', true), '') = '' THEN
            PERFORM set_config('app.change_label', words, true);
        END IF;
    ELSE
        UPDATE public.records_changeset SET label = words WHERE id = change_set AND label = '';
    END IF;
END $$;
"""

DEFINERS = {
    "workspaces_is_member(bigint)": IS_MEMBER,
    "workspaces_slug_taken(text)": SLUG_TAKEN,
    "workspaces_find_invitation(text)": INVITATION,
}


def revoke_and_grant(signature: str) -> str:
    return (
        f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC;"
        f" GRANT EXECUTE ON FUNCTION public.{signature} TO {APP_ROLE};"
    )


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION public.records_sort_key(text)"),
        *(
            migrations.RunSQL(sql + revoke_and_grant(signature), f"DROP FUNCTION public.{signature}")
            for signature, sql in DEFINERS.items()
        ),
        migrations.RunSQL(OPEN_CHANGE_SET, "DROP FUNCTION public.records_open_change_set()"),
        migrations.RunSQL(CHANGE_SET, "DROP FUNCTION public.records_change_set()"),
        migrations.RunSQL(DESCRIBE_CHANGE, "DROP FUNCTION public.records_describe_change(text)"),
    ]
