"""What an amount is worth in the currency of its workspace: how many decimals a currency has, and the rate of a day."""

from django.db import migrations

DECIMALS = """
CREATE FUNCTION public.workspaces_decimals(currency text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND',
                          'VUV', 'XAF', 'XOF', 'XPF') THEN 0
        WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
        WHEN currency IN ('CLF', 'UYW') THEN 4
        ELSE 2 END
$$;
"""

# The newest rate on or before the day; null without one, and for what no column can hold.
WORTH = """
CREATE FUNCTION public.workspaces_worth(of_workspace bigint, minor bigint, of_currency text, on_day date) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    own text := (SELECT currency FROM public.workspaces_workspace WHERE id = of_workspace);
    worth numeric;
BEGIN
    IF of_currency = own THEN
        RETURN minor;
    END IF;
    worth := round(
        minor * power(10::numeric, public.workspaces_decimals(own) - public.workspaces_decimals(of_currency)) * (
            SELECT value FROM public.workspaces_rate AS rate
             WHERE rate.workspace_id = of_workspace AND rate.base = own AND rate.currency = of_currency
               AND rate.day <= on_day
             ORDER BY rate.day DESC LIMIT 1));
    RETURN CASE WHEN worth <= 9223372036854775807 THEN worth END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0173_rates")]
    operations = [
        migrations.RunSQL(DECIMALS, "DROP FUNCTION public.workspaces_decimals"),
        migrations.RunSQL(WORTH, "DROP FUNCTION public.workspaces_worth"),
    ]
