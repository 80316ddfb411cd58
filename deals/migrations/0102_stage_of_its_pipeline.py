"""The stage of a deal is one of its pipeline's, whichever door the deal comes through."""

from django.db import migrations

KEY = """
ALTER TABLE public.deals_stage ADD CONSTRAINT deals_stage_of_pipeline UNIQUE (workspace_id, pipeline_id, id);
"""

REFERENCE = """
ALTER TABLE public.deals_deal ADD CONSTRAINT deals_deal_stage_of_pipeline
FOREIGN KEY (workspace_id, pipeline_id, stage_id) REFERENCES public.deals_stage (workspace_id, pipeline_id, id)
DEFERRABLE INITIALLY IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0101_pulse")]
    operations = [
        migrations.RunSQL(KEY, "ALTER TABLE public.deals_stage DROP CONSTRAINT deals_stage_of_pipeline"),
        migrations.RunSQL(REFERENCE, "ALTER TABLE public.deals_deal DROP CONSTRAINT deals_deal_stage_of_pipeline"),
    ]
