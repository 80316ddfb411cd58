"""A deal with lines is worth their sum, whoever writes the lines or the deal.

The triggers are constraints, so that they can wait: an undo writes deals and lines in an order of its own, and what a
deal is worth is known when all of it went back.
"""

from django.db import migrations

from core.postgres import SEARCH_PATH

# Each line is rounded by itself, as the page shows it. A deal whose last line goes keeps the value, by hand from then on.
FUNCTION = f"""
CREATE FUNCTION public.deals_add_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = {SEARCH_PATH}
AS $$
DECLARE
    touched bigint[] := CASE
        WHEN TG_TABLE_NAME = 'deals_deal' THEN ARRAY[(to_jsonb(NEW) ->> 'id')::bigint]
        WHEN TG_OP = 'INSERT' THEN ARRAY[(to_jsonb(NEW) ->> 'deal_id')::bigint]
        WHEN TG_OP = 'DELETE' THEN ARRAY[(to_jsonb(OLD) ->> 'deal_id')::bigint]
        ELSE ARRAY[(to_jsonb(OLD) ->> 'deal_id')::bigint, (to_jsonb(NEW) ->> 'deal_id')::bigint]
    END;
    here bigint := (to_jsonb(coalesce(NEW, OLD)) ->> 'workspace_id')::bigint;
BEGIN
    UPDATE public.deals_deal AS deal SET value = coalesce(added.up, deal.value), adds_up = added.up IS NOT NULL
      FROM unnest(touched) AS which (id)
     CROSS JOIN LATERAL (
           SELECT sum(round(line.quantity * line.price * (100 - line.discount) / 100))::bigint AS up
             FROM public.deals_dealline AS line WHERE line.workspace_id = here AND line.deal_id = which.id) AS added
     WHERE deal.workspace_id = here AND deal.id = which.id
       AND (deal.value, deal.adds_up) IS DISTINCT FROM (coalesce(added.up, deal.value), added.up IS NOT NULL);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER add_up AFTER INSERT OR UPDATE OR DELETE ON public.deals_dealline
DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION public.deals_add_up();
CREATE CONSTRAINT TRIGGER add_up AFTER UPDATE OF value, adds_up ON public.deals_deal
DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
WHEN (NEW.adds_up AND (NEW.value IS DISTINCT FROM OLD.value OR NOT OLD.adds_up))
EXECUTE FUNCTION public.deals_add_up();
"""

BACK = """
DROP TRIGGER add_up ON public.deals_deal;
DROP TRIGGER add_up ON public.deals_dealline;
DROP FUNCTION public.deals_add_up();
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0175_search_of_names")]
    operations = [migrations.RunSQL(FUNCTION, BACK)]
