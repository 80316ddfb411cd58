"""A pulse notes the transaction that writes it, whoever that is.

In its own row: to write the deal's row of stirs one would have to hold the deal, and who plans something does not.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION public.deals_pulse_stirred() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.stirred := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER stirred BEFORE UPDATE ON public.deals_dealpulse
FOR EACH ROW EXECUTE FUNCTION public.deals_pulse_stirred();
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0107_pulse_stirred")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.deals_pulse_stirred()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER stirred ON public.deals_dealpulse"),
    ]
